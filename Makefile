# Two commands matter: `make run` and `make test`. Both set up what is missing and are quick when nothing is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STATIC_SOURCES := $(shell find static templates -type f -not -path 'static/build/*' 2>/dev/null)

.PHONY: run test lint setup bench bench-quality clean
run: $(VENV)/.run collected/.stamp
	@exec $(BIN)/python manage.py serve

test: $(VENV)/.test collected/.stamp
	@$(BIN)/python -m tests.run

lint: $(VENV)/.test
	@$(BIN)/python -m tests.run lint

bench: $(VENV)/.test collected/.stamp
	@$(BIN)/python -m tests.bench

$(VENV)/bin/python:
	@echo "Making a virtual environment …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Cuepoint's packages (once, about a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt -e .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/.run
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

node_modules/.stamp: package.json package-lock.json | $(VENV)/.run
	@./.ci/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

collected/.stamp: $(STATIC_SOURCES) node_modules/.stamp $(VENV)/.run
	@./.ci/npm run --silent build
	@$(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

clean:
	rm -rf $(VENV) node_modules static/build collected
