"""A log is tampered with in every way we can think of, each found: row i of `make assurance`, in short."""

from assurance.tampering import SEED, tampered

EACH_KIND_TWICE = 70


def test_every_kind_of_tampering_is_found_by_a_checkpoint_held_elsewhere(db):
    found = tampered(EACH_KIND_TWICE, SEED)
    assert found["missed"] == []
    assert found["kinds"] * 2 == EACH_KIND_TWICE
    assert found["control_holds"], found["control"]
