# The two commands a newcomer needs are `make run` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# In CI a test that failed is tried once more and reported as rerun: real servers and processes share two cores there.
RERUNS := $(if $(CI),--reruns 1)
# Most tests wait more than they compute. Servers that are given are shared by all tests, so there they run one by one.
JOBS ?= $(if $(TEST_DATABASE_URL)$(TEST_BROKER_URL)$(TEST_MONGODB_URL),0,3)
PIP := $(BIN)/python $(wildcard tools/pip-*.whl)/pip --disable-pip-version-check --no-input
COMPILE := uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -p 3.11 pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test test-servers check quality mutation bench chaos lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: install ## Build .venv if needed, start everything and print where it is (Ctrl-C stops it)
	@exec $(BIN)/jobalerts up

install: $(VENV)/.installed ## Build .venv, with .venv/bin/jobalerts, and start nothing

test: install-dev test-servers ## Install the servers that tests need, run every test, say what was skipped and why
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(RERUNS) $(TESTS)

check: install-dev ## What must hold before a commit: format, lint, types, import boundaries, sizes
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/unit/test_boundaries.py tests/unit/test_sizes.py

mutation: install-dev ## Put mistakes into the modules that lease tasks, one by one; count those no test sees
	@$(BIN)/python -m tools.mutation

quality: install ## Rate the text rules on the labelled postings and list every miss
	@$(BIN)/python -m benchmarks.quality

bench: install-dev ## Measure: runs every benchmark and prints its numbers
	@set -e; for file in benchmarks/*.py; do \
	  if grep -q '__main__' "$$file"; then echo "== $$file"; $(BIN)/python "$$file"; fi; done

chaos: ## Kill and stop processes at random (KILLS=60 SEED=...) and print what that cost, one JSON line a configuration
	@$(MAKE) --no-print-directory install-dev test-servers >&2
	@$(BIN)/python -m tests.chaos

hostile: install-dev ## Crawl every hostile board under the limits of production and print what each took (10 minutes)
	@HOSTILE_LIMITS=default $(BIN)/python -m pytest -q -rN tests/component/crawl/test_hostile_set.py

FUZZ_SECONDS ?= 5
fuzz: install-dev ## Feed the parsers with damaged input, FUZZ_SECONDS each; what breaks one is kept in var/fuzz
	@$(BIN)/python -m tools.fuzz --seconds $(FUZZ_SECONDS) $(FUZZ)

lock: ## Choose the newest versions that fit together (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 2; }
	@$(COMPILE) --upgrade --group build -o requirements.lock
	@$(COMPILE) --upgrade --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv and caches; what jobalerts keeps in var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

install-dev: $(VENV)/.installed-dev

test-servers:
	@tools/test_servers.sh

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) tools/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@echo "Installing what requirements.lock lists into $(VENV) (about a minute, once) ..."
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-index --no-build-isolation --editable .
	@tools/mongod_libraries.sh $(VENV)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@
