# Everything runs in .venv, made from hash-pinned requirements; see README.md for the steps by hand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup
SETUP_TESTS := $(VENV)/.setup-tests

# The engine outside of a browser, and what needs neither: a minute in place of forty.
QUICK := tests/test_wire.py tests/test_stand_ins.py tests/test_malformed.py tests/test_effects.py \
	tests/test_answers.py tests/test_cache.py tests/test_damaged.py tests/test_node.py \
	tests/test_statement.py tests/test_judge.py tests/test_rewinding.py tests/test_repository.py

# A file's tests share what they start, so a file is one process's; which are long, tests/order.py says.
IN_PARALLEL := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: help serve bundle check quick test test-browsers bench setup clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1: /' | column -t -s:

serve: $(SETUP) ## set everything up, build the bundle, serve it and print its address
	$(BIN)/python build.py --serve

bundle: $(SETUP) ## build the bundle for publishing into dist/
	$(BIN)/python build.py

check: $(SETUP_TESTS) ## lint, layout and types of Python and TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m builder.typescript check

quick: check ## check, unit tests and the core of the engine in Node: no browser, a minute or so
	$(BIN)/python -m builder.typescript test
	$(BIN)/pytest -q $(QUICK)

test: check ## everything, in browsers too: forty minutes to an hour on two processors
	$(BIN)/python -m builder.typescript test
	$(BIN)/python -m browsers
	$(BIN)/pytest $(IN_PARALLEL)

test-browsers: $(SETUP_TESTS) ## what learners try, in Node and in every browser; ends with a table
	$(BIN)/python -m browsers
	$(BIN)/pytest -m hostile $(IN_PARALLEL)

bench: $(SETUP_TESTS) ## an hour or more, wants the machine to itself; writes docs/benchmarks.md
	$(BIN)/python -m browsers
	$(BIN)/python -m benchmarks

setup: $(SETUP) ## the virtual environment

$(SETUP): requirements.txt requirements-node.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@node --version 2>/dev/null | grep -qE '^v(2[0-9]|[3-9][0-9])\.' \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements-node.txt
	@touch $@

$(SETUP_TESTS): $(SETUP) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

clean: ## remove what was made: virtual environment, caches, bundle
	rm -rf $(VENV) .cache dist web/node_modules
