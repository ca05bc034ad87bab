# `make run` and `make test` do all their own set-up. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; `make run PYTHON=python3.12` names another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
ifeq ($(strip $(PYTHON)),)
PYTHON := python3
endif

VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
# Node of the virtual environment, on machines that have none
export PATH := $(BIN):$(PATH)

.PHONY: help
help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 28

.PHONY: run
run: setup ## start everything on this machine (PORT=8000, MOCK_INTERVIEW_DATA_DIR, … : .env.example)
	@exec $(BIN)/python -m embedded

.PHONY: setup
setup: ## fetch and build what is missing; `run`, `test` and the others do it first
	@$(PYTHON) -m embedded.bootstrap

.PHONY: test
test: setup check ## everything: check, then storage, API, room and browser tests, and the page's own checks
	@mkdir -p artifacts
	cd token_server/web && npm run --silent check
	$(BIN)/pytest -m "storage or api or audio or e2e" --junitxml=artifacts/tests.xml $(PYTEST)

.PHONY: check
check: setup ## lint, types, unit and behaviour tests: what to run before a commit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/pytest -m "unit or behaviour" -q -n auto --dist loadfile $(PYTEST)

.PHONY: format
format: setup ## let ruff put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: setup ## measure what the product must reach; QUICK=1 takes few samples
	$(BIN)/python -m bench

.PHONY: bench-conversation
bench-conversation: setup ## measure how it listens and speaks, as the candidate hears it; QUICK=1 takes 8 minutes
	$(BIN)/python -m bench.conversation

.PHONY: bench-assessment
bench-assessment: setup ## measure how well answers are judged, against labels and human grades
	$(BIN)/python -m bench.assessment

.PHONY: bench-setup
bench-setup: setup ## measure what comes of scripted set-up conversations, as text and by voice; QUICK=1 takes few
	$(BIN)/python -m bench.setup

.PHONY: bench-page
bench-page: setup ## measure the page in Chromium: first paint, layout shift, weight, the room; QUICK=1 takes few samples
	$(BIN)/python -m bench.page

.PHONY: bench-faults
bench-faults: setup ## kill every process at random moments of interviews: what is lost; QUICK=1 takes 8 minutes
	$(BIN)/python -m bench.faults

.PHONY: bench-soak
bench-soak: setup ## hold 100 interviews in a row, then one of an hour: what the processes hold; QUICK=1 takes few
	$(BIN)/python -m bench.soak

.PHONY: bench-load
bench-load: setup ## many callers at once, more than the server takes, two interviews at once; QUICK=1 takes 3 minutes
	$(BIN)/python -m bench.load

.PHONY: backup
backup: setup ## the data of this machine into one file, while it runs or not (FILE=…, MOCK_INTERVIEW_DATA_DIR)
	@$(BIN)/python -m embedded.backup save $(if $(FILE),"$(FILE)")

.PHONY: restore
restore: setup ## the data back from FILE=…, while it doesn't run; what was there is kept aside
	@test -n "$(FILE)" || { echo 'Which one? `make restore FILE=…`'; exit 1; }
	@$(BIN)/python -m embedded.backup restore "$(FILE)"

.PHONY: audit
audit: setup ## look for known vulnerabilities of what is locked, and for licences that aren't allowed
	$(BIN)/python -m supply_chain.licences --check
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r requirements/audit.txt
	$(BIN)/python -m supply_chain.audit

.PHONY: lock
lock: setup ## lock the dependencies again after a change of pyproject.toml; UPGRADE=1 takes newer versions
	requirements/lock.sh $(VENV) $(if $(UPGRADE),--upgrade)
