# make demo and make test are the two commands; README.md tells the rest.
# Everything made here lies in .venv/, var/ and staticfiles/, which git ignores.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-reset run test test-postgres bench check format lock states clean

PORT ?= 8000
JOBS ?= 2
PY := .venv/bin/python
# The first Python of the machine that is new enough and can make a virtual environment.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11 python3.14,$(shell $(p) -c \
	'import sys, venv, ensurepip; print("$(p)") if (3, 11) <= sys.version_info < (3, 15) else None' 2>/dev/null)))
# What an installation needs beside the core follows from its own settings.
LOCKS := .venv/requirements.lock \
	$(if $(CASEWORK_DATABASE_URL)$(CASEWORK_KEYS_DATABASE_URL),.venv/requirements-postgres.lock) \
	$(if $(filter pkcs11,$(CASEWORK_KEK_PROVIDER) $(CASEWORK_KEK_OLD_PROVIDER)),.venv/requirements-pkcs11.lock)
DEV := .venv/requirements-dev.lock
export CHROMIUM ?= $(or $(shell command -v chromium || command -v chromium-browser || command -v google-chrome),chromium)
DEMO_HOME := $(CURDIR)/var/demo
DEMO := env -u CASEWORK_DATABASE_URL -u CASEWORK_KEYS_DATABASE_URL CASEWORK_DEMO=1 CASEWORK_HOME=$(DEMO_HOME)
PYTEST := $(PY) -m pytest -q -n $(JOBS) --dist worksteal

help:
	@echo "make demo            invented people to try the program with, on http://127.0.0.1:$(PORT)/ (PORT= to choose)"
	@echo "make demo-reset      throw the demo away and start it anew"
	@echo "make run             an own, empty installation in var/; asks what is missing"
	@echo "make test            the whole suite with the rules of the house and the journeys in a browser"
	@echo "make test-postgres   the same on a PostgreSQL of its own, without the browser"
	@echo "make bench           the measured ratios"
	@echo "make check           lint, types, templates, security, settings, migrations, rules of the house"
	@echo "make format          layout of the code"
	@echo "make lock            pins all packages anew (needs uv)"
	@echo "make states          draws the state machines into README.md"
	@echo "make clean           removes .venv/, staticfiles/ and caches; never var/"

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv)."; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# A copy of the lock file is kept beside what it installed; the same lock is never installed twice.
.venv/%.lock: %.txt | .venv/bin/python
	@cmp -s $< $@ || $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@cp $< $@

demo: .venv/requirements.lock
	@$(DEMO) $(PY) manage.py demo --port $(PORT)

demo-reset:
	rm -rf "$(DEMO_HOME)"
	@$(MAKE) --no-print-directory demo

run: $(LOCKS)
	@$(PY) manage.py setup
	@$(PY) -m casework.serve --port $(PORT)

test: $(DEV)
	@mkdir -p var/coverage && rm -f var/coverage/*
	$(PYTEST) --cov --cov-report=json:var/coverage/report.json --cov-report=
	$(PY) .ci/coverage_gate.py var/coverage/report.json

test-postgres: $(DEV)
	$(PY) .ci/postgres.py -- $(PYTEST) --ignore=tests/walks

bench: $(DEV)
	$(PY) .ci/postgres.py --durable -- $(PY) -m tests.bench

check: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint templates --lint --quiet
	$(PY) -m bandit --quiet --recursive --configfile pyproject.toml audit casework contacts housing
	DJANGO_SETTINGS_MODULE=tests.settings CASEWORK_HTTPS=1 $(PY) manage.py check --deploy --fail-level WARNING
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py draw_states --check
	$(PY) -m pytest -q tests/house/test_rules.py

format: $(DEV)
	$(PY) -m ruff check --fix --exit-zero .
	$(PY) -m ruff format .

# Hashes come from the public index only; the files name no index and no place of this machine.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --quiet pyproject.toml
lock:
	$(LOCK) -o requirements.txt
	$(LOCK) -c requirements.txt --extra postgres -o requirements-postgres.txt
	$(LOCK) -c requirements.txt --extra pkcs11 -o requirements-pkcs11.txt
	$(LOCK) -c requirements.txt --extra postgres --extra pkcs11 --group dev -o requirements-dev.txt

states: $(DEV)
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py draw_states

clean:
	rm -rf .venv staticfiles .ruff_cache .pytest_cache .mypy_cache var/mypy var/coverage
	find audit casework contacts housing tests -name __pycache__ -prune -exec rm -rf {} +
