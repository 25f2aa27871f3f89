# Every habit by name; `make` alone lists them. Another Python: make test PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# The newest pip knows dependency groups and holds the build itself to the lock.
INSTALL := $(PIP) install --quiet --constraint constraints.txt --build-constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test setup check lint types imports tree accept bench fuzz lock clean

help:     ## list what you can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: .venv/roc.stamp  ## invent a network, collect it, score it, and say where the report is
	@$(BIN)/roc demo

test: .venv/dev.stamp  ## run all tests and the examples in docstrings
	$(BIN)/python -m pytest --numprocesses=auto

setup: .venv/dev.stamp  ## make the virtual environment in .venv with everything to work on roc

check: lint types imports test  ## everything that has to pass before a change is taken

lint: .venv/dev.stamp  ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp  ## check types
	$(BIN)/mypy

imports: .venv/dev.stamp  ## check that imports point one way
	$(BIN)/lint-imports --no-cache

tree: .venv/dev.stamp  ## redraw what docs/ lists, and bring up the catalogues of languages
	$(BIN)/python -m tests.architecture
	$(BIN)/python -m tests.graph_page
	$(BIN)/python -m tests.sources_page
	$(BIN)/python -m tests.catalogue

accept: .venv/dev.stamp  ## rewrite expected outputs; read the difference before you commit
	ROC_ACCEPT=1 $(BIN)/python -m pytest --quiet tests/collectors/test_every_collector.py

bench: .venv/dev.stamp  ## measure speed and memory (minutes); SIZES="100000 1000000"
	$(INSTALL) --group bench
	$(BIN)/python -m benchmarks.pipeline $(SIZES)

fuzz: .venv/dev.stamp  ## read exports changed at random (minutes for each source); SECONDS="60"
	$(INSTALL) --group fuzz
	$(BIN)/python -m tests.fuzzing --seconds $(or $(SECONDS),60)

lock: .venv/dev.stamp  ## resolve all dependencies anew into constraints.txt
	$(INSTALL) uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--no-annotate --custom-compile-command "make lock" \
		--group dev --group bench --group fuzz --group env --output-file constraints.txt pyproject.toml

clean:    ## remove the virtual environment and what tools left behind
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/roc.stamp: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
		"roc needs Python 3.11 or later; name one: make PYTHON=python3.13")'
	@echo "Making .venv and installing roc into it (once)."
	@$(PYTHON) -m venv .venv
	@$(PIP) install --quiet --constraint constraints.txt pip
	@$(INSTALL) --editable .
	@touch $@

.venv/dev.stamp: .venv/roc.stamp
	@echo "Installing what tests and checks need (once)."
	@$(INSTALL) --group dev
	@touch $@
