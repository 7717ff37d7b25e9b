# Headship's commands. A new machine needs Python 3.12 or newer and make; `make help` lists them.
PY := .venv/bin/python
SETUP := $(shell command -v python3 || command -v python) scripts/bootstrap.py

.PHONY: help demo test check bench assurance format lock frontend docs

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

demo: ## set everything up, build the demonstration trust, serve it on loopback (CHECK=1: measure the first page and end)
	@began=$$(date +%s) && $(SETUP) requirements/run.txt && HEADSHIP_STARTED=$$began $(PY) -m headship demo $(if $(CHECK),--check)

test: ## set everything up and run all tests, on SQLite and, where a server answers, on PostgreSQL
	@$(SETUP) requirements/dev.txt
	@$(PY) scripts/run_tests.py $(if $(STRICT),--no-skips-but-shared-data)

check: ## format, lint, types, imports, generated documents
	@$(SETUP) requirements/dev.txt
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m headship check --fail-level WARNING
	$(PY) -m headship makemigrations --check --dry-run
	$(PY) -m headship documents --check

format: ## mend what can be mended by machine
	@$(SETUP) requirements/dev.txt
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

frontend: ## build stylesheet and script anew (needs Node.js; see docs/how-to/build-the-styles.md)
	cd frontend && npm ci && npm run build

docs: ## write the generated documents anew
	@$(SETUP) requirements/dev.txt
	$(PY) -m headship documents

bench: ## measure; writes bench/results/*.json
	@$(SETUP) requirements/dev.txt
	$(PY) -m bench

assurance: ## the long proofs; writes assurance/*.json
	@$(SETUP) requirements/dev.txt
	$(PY) -m assurance

lock: ## write the hash-locked requirements anew (needs uv)
	cd requirements && uv pip compile -q ../pyproject.toml -o run.txt --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header
	cd requirements && uv pip compile -q ../pyproject.toml dev.in -o dev.txt --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header
	cd requirements && uv pip compile -q ../pyproject.toml dev.in --extra spark -c dev.txt -o spark.txt --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header
	cd requirements && uv pip compile -q uv.in -o uv.txt --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header
