"""The long proofs: `python -m assurance` runs them and writes assurance/*.json."""
