# Two commands do everything: `make run` and `make test`. Both work as the first command in a fresh clone.
# uv is used where it is installed, venv and pip otherwise.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

# The versions that were tested together; `make fresh` tries what a new installation without them would get.
PINS := --constraint .ci/constraints.txt

ifeq ($(UV),)
NEW_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
FREEZE = $(BIN)/python -m pip freeze --exclude-editable
else
NEW_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
FREEZE = $(UV) pip freeze --exclude-editable --python $(BIN)/python
endif

.DEFAULT_GOAL := help
.PHONY: help run demo test quick check fresh pins bench eval clean

help:
	@echo "make run     set up, then start the app"
	@echo "make demo    a whole rehearsal without a microphone"
	@echo "make test    set up, then all checks and tests"
	@echo "make quick   checks, and the tests of what was changed (or PACKAGES=quiz)"
	@echo "make check   style, types, import rules"
	@echo "make fresh   the same promises with the newest dependencies; make pins writes down those in use"
	@echo "make bench   speed and accuracy of transcription and of the history, as tables"
	@echo "make eval    agreement of the marks with people"
	@echo "make clean   remove what make has made"

$(VENV)/run: pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "rehearse needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 run" >&2; exit 1; }
	@echo "Setting up (once; some 530 MB of packages, speech models included) ..."
	@$(NEW_VENV)
	@$(INSTALL) $(PINS) --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run
	@echo "Setting up the tests (once) ..."
	@$(INSTALL) $(PINS) --editable '.[dev]'
	@touch $@

run: $(VENV)/run
	@$(BIN)/rehearse

demo: $(VENV)/run
	@$(BIN)/rehearse demo

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Those that play and record have the processor first; the others take what they leave.
test: check
	$(BIN)/python -m tests.whole

quick: $(VENV)/dev
	@$(BIN)/python -m tests.quick $(PACKAGES)

# What the newest versions that `pyproject.toml` admits do behind our back: the next surprise is a red test.
fresh:
	@$(MAKE) VENV=.venv-fresh PINS= .venv-fresh/dev
	.venv-fresh/bin/python -m pytest tests/house/test_offline.py tests/unit/test_offline.py tests/unit/speech tests/unit/coverage

pins: $(VENV)/dev
	$(FREEZE) > .ci/constraints.txt

bench: $(VENV)/dev
	$(BIN)/python -m tests.bench

eval: $(VENV)/dev
	$(BIN)/python -m tests.eval

clean:
	rm -rf $(VENV) .venv-fresh .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
