.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
VENV := .venv
PY := $(VENV)/bin/python
# Most of a browser test is waiting: one process more than the cores of a small machine.
JOBS ?= 3
STATIC := server/amana/static/build.json
CLIENT_SOURCES := $(shell find client -name node_modules -prune -o -type f -print) server/amana/data/vocabulary.json server/amana/data/admin.json server/amana/data/places.json $(wildcard server/amana/data/languages/*.json)

.PHONY: always help run test check fix build bench soak score-places score-duplicates release screenshots lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

run: $(VENV)/runtime $(STATIC) ## Make a throw-away organisation with sample reports and serve it on 127.0.0.1:8000 and :8001
	@$(VENV)/bin/amana demo

test: $(VENV)/workshop $(STATIC) ## Set up what the tests need and run them all
	@tests/setup.sh
	@cd client && npm test
	@$(PY) -m pytest -n $(JOBS) --dist loadgroup

check: $(VENV)/workshop $(STATIC) ## Lint, types, import rules, bundle budget
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@cd client && npm run --silent check && npm run --silent budget

fix: $(VENV)/workshop client/node_modules/.package-lock.json ## Format, repair what can be repaired, write docs/FAILURES.md
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .
	@cd client && npm run --silent fix
	@$(PY) -m tests.failures

build: $(STATIC) ## Build the client into server/amana/static; AMANA_PLACES=FOLDER takes another country's places

bench: $(VENV)/workshop $(STATIC) ## Measure size and speed; prints a table, writes build/bench.json
	@tests/setup.sh
	@$(PY) -m tests.benchmarks

soak: $(VENV)/workshop $(STATIC) ## Send 200 reports through faults while browser and server are killed; SEED is drawn, MINUTES are 5 unless given
	@tests/setup.sh
	@$(PY) -m tests.soak $(if $(SEED),--seed $(SEED)) $(if $(MINUTES),--minutes $(MINUTES))

FILE := server/amana/data/sample_reports.jsonl

score-places: client/node_modules/.package-lock.json ## Say in one line of JSON how well typed names of places are understood: those of the reports in FILE
	@node client/bundle/node.mjs tests/client/places/program.ts build/score-places.mjs
	@node build/score-places.mjs "$(FILE)"

score-duplicates: client/node_modules/.package-lock.json ## Say in one line of JSON how well reports of one event are found: among those in FILE
	@node client/bundle/node.mjs tests/client/duplicates/program.ts build/score-duplicates.mjs
	@node build/score-duplicates.mjs "$(FILE)"

release: $(VENV)/workshop $(STATIC) ## Keep the built reporter app in tests/releases; NAME is this version unless given
	@$(PY) -m tests.releases $(NAME)

screenshots: $(VENV)/workshop $(STATIC) ## Draw docs/screens from the running thing
	@tests/setup.sh
	@$(PY) -m tests.e2e.screenshots

lock: $(VENV)/workshop ## Resolve the pinned, hashed requirements again
	@$(VENV)/bin/pip-compile --quiet --upgrade $(COMPILE) -o deploy/requirements.txt pyproject.toml
	@$(VENV)/bin/pip-compile --quiet --upgrade $(COMPILE) --extra dev -c deploy/requirements.txt -o tests/requirements.txt pyproject.toml
	@cd client && npm update --ignore-scripts

COMPILE := --generate-hashes --strip-extras --allow-unsafe --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

clean: ## Remove everything that the other targets make
	@rm -rf $(VENV) client/node_modules server/amana/static build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@python3 -m venv $(VENV)

$(VENV)/runtime: deploy/requirements.txt pyproject.toml | $(VENV)/bin/python
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r deploy/requirements.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/workshop: tests/requirements.txt pyproject.toml | $(VENV)/bin/python
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@$(PY) -m pip install -qq --disable-pip-version-check --no-deps --editable .
	@touch $@ $(VENV)/runtime

client/node_modules/.package-lock.json: client/package-lock.json client/package.json
	@cd client && npm ci --ignore-scripts --loglevel=error >&2
	@touch $@

$(STATIC): client/node_modules/.package-lock.json $(CLIENT_SOURCES) $(if $(AMANA_PLACES),always)
	@cd client && npm run --silent build
