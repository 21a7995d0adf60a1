# Everything a person types. `make` alone lists the commands.
# Needs Python 3.11 or newer and make; the rest is installed into .venv.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
PIP_COMPILE := $(BIN)/pip-compile --quiet --upgrade --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-options

export PORT
.DEFAULT_GOAL := help
.PHONY: help install run test lint checks test-postgres test-sqlite bench screenshots translations audit format refresh clean

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'
	@echo
	@echo "  PORT=8123 make run            another port (default 8000)"
	@echo "  DATA_DIR=/some/dir make run   database and files there (default ./var)"
	@echo "  DEBUG=1 make run              Django's error pages and live templates"
	@echo "  TEST_DATABASE_URL=postgres://user:password@host/name make test"

run: .venv/.site  ## start the demonstration office: web server and worker
	@exec env DEBUG=$${DEBUG:-0} $(BIN)/python manage.py run_demonstration

install: .venv/.tools  ## install what tests and lint need, too

test: lint checks test-postgres test-sqlite  ## everything CI runs

lint: .venv/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

checks: .venv/.tools
	$(BIN)/python manage.py makemigrations --check --dry-run --settings=isso.site.settings.test
	$(BIN)/python manage.py check --fail-level WARNING --settings=isso.site.settings.test

# One test at a time to each process: the long ones come last, and none of them waits for another.
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --maxschedchunk 1

# The browser suite runs once, with SQLite; locks are proved only here.
test-postgres: .venv/.tools
ifdef TEST_DATABASE_URL
	$(PYTEST) -m "not browser"
else ifeq ($(CI),true)
	@echo "CI=true, but TEST_DATABASE_URL is not set: the suite must run on PostgreSQL, too." >&2; exit 1
else
	@echo "Not run: the suite on PostgreSQL, because TEST_DATABASE_URL is not set."
endif

test-sqlite: .venv/.tools
	env -u TEST_DATABASE_URL $(PYTEST) -m "not postgres"

bench: .venv/.tools  ## measure queries and times, write docs/benchmarks*.md
	$(BIN)/python -m isso.tests.bench
	$(BIN)/python -m isso.tests.bench_desk

screenshots: .venv/.tools  ## photograph the demonstration office into docs/images/
	$(BIN)/python -m isso.tests.screenshots

audit: .venv/.tools  ## check HTML and loading of the public site (needs Java, Node, Chromium)
	$(BIN)/python -m isso.tests.audit

translations: .venv/.tools  ## compile the translated words in locale/
	$(BIN)/python -m isso.tests.translations

format: .venv/.tools  ## sort imports and format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

refresh: .venv/.tools  ## move every pin to its newest allowed version
	$(PIP_COMPILE) --output-file=requirements.txt deploy/requirements.in
	$(PIP_COMPILE) --output-file=requirements-dev.txt deploy/requirements-dev.in
	$(MAKE) install

clean:  ## remove the virtual environment and caches; the data in ./var stays
	rm -rf .venv .audit static-collected test-results .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it like this: make run PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# Reinstalled only when the pins change.
.venv/.site: requirements.txt | .venv/bin/python
	@echo "Installing the pinned packages (once, about a minute) ..."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/.tools: requirements-dev.txt .venv/.site
	@echo "Installing the tools for tests and lint ..."
	@$(PIP_INSTALL) -r requirements.txt -r requirements-dev.txt
	@touch $@
