# Two commands matter: `make run` and `make test`. Both set up what is missing and are quick when nothing is.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
STATIC := $(shell find static templates -type f -not -path 'static/build/*' 2>/dev/null)
# checks and tests never touch the data of a running server
SCRATCH := $(CURDIR)/.pytest_cache/data
CHECK := DATA_DIR=$(SCRATCH) $(BIN)

.PHONY: run test lint unit stack browser bench bench-quality clean

run: .venv/.run collected/.stamp
	@exec $(BIN)/python manage.py serve

test: lint unit stack browser

lint: .venv/.test node_modules/.stamp
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(CHECK)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(CHECK)/python manage.py check
	@$(CHECK)/python manage.py makemigrations --check --dry-run

unit: .venv/.test collected/.stamp
	@$(CHECK)/python -m pytest -q -n auto
	@./.ci/npm test --silent

stack: .venv/.test collected/.stamp
	@./.ci/tools
	@$(CHECK)/python -m pytest -q -m stack tests/stack

browser: .venv/.test collected/.stamp
	@./.ci/tools
	@$(CHECK)/python -m pytest -q -n 2 --dist loadfile -m browser tests/browser

bench: .venv/.test collected/.stamp
	@$(CHECK)/python -m tests.bench

bench-quality: .venv/.test
	@CUEPOINT_BENCH_CACHE=.pytest_cache/quality $(CHECK)/python -m tests.bench.quality

.venv/bin/python:
	@echo "Making a virtual environment …"
	@$(PYTHON) -m venv .venv

.venv/.run: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Cuepoint's packages (once, about a minute) …"
	@$(PIP) --no-compile -e .
	@touch $@

.venv/.test: pyproject.toml constraints.txt | .venv/.run
	@echo "Installing what the tests need …"
	@$(PIP) -e '.[test]'
	@touch $@

node_modules/.stamp: package.json package-lock.json | .venv/bin/python
	@echo "Installing the editor and uploader of the page …"
	@./.ci/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

collected/.stamp: $(STATIC) node_modules/.stamp | .venv/.run
	@./.ci/npm run --silent build
	@$(CHECK)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

clean:
	rm -rf .venv node_modules static/build collected
