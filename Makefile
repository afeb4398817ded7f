# Everything runs in .venv, made from hash-pinned requirements; see README.md for the steps by hand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup
SETUP_TESTS := $(VENV)/.setup-tests

.PHONY: serve bundle check test test-browsers bench setup clean

serve: $(SETUP)
	$(BIN)/python build.py --serve

bundle: $(SETUP)
	$(BIN)/python build.py

check: $(SETUP_TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check
	$(BIN)/python -m browsers
	$(BIN)/pytest

# What learners try, in every engine and on every kind of host; ends with a table of what came of it.
test-browsers: $(SETUP_TESTS)
	$(BIN)/python -m browsers
	$(BIN)/pytest -m hostile

# Takes half an hour and wants the machine to itself; writes docs/benchmarks.md.
bench: $(SETUP_TESTS)
	$(BIN)/python -m browsers
	$(BIN)/python -m benchmarks

setup: $(SETUP)

$(SETUP): requirements.txt requirements-node.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@node --version 2>/dev/null | grep -qE '^v(2[0-9]|[3-9][0-9])\.' \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements-node.txt
	@touch $@

$(SETUP_TESTS): $(SETUP) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) .cache dist web/node_modules
