# What people and CI run. `make` alone lists it. Everything is installed into .venv, from requirements.txt.
PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
SECONDS ?= 600
BIN := .venv/bin
HANDBOOK_BUILDER ?= mkdocs
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup serve build check test test-deploy lint bench measure screenshots fuzz lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{printf "%-12s %s\n", $$1, $$2}'

setup: ## make .venv, or bring it up to date
	@$(PYTHON) scripts/setup/bootstrap.py

serve: setup ## show the handbook on this machine and follow every edit (ADDRESS=host:port)
	@$(BIN)/python scripts/development/serve.py --address $(ADDRESS)

build: setup ## build the site into site/; any warning stops it (HANDBOOK_BUILDER=properdocs)
	$(if $(filter mkdocs properdocs,$(HANDBOOK_BUILDER)),,$(error HANDBOOK_BUILDER is '$(HANDBOOK_BUILDER)'; write mkdocs or properdocs))
	@$(BIN)/$(HANDBOOK_BUILDER) build --strict

check: setup ## judge every page as of today
	@$(BIN)/handbook check

test: setup ## run every test, browser tests included
	@$(BIN)/python scripts/setup/chromium.py
	@$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile

test-deploy: setup ## run the tests of the web servers, with nginx and Apache from Debian
	@$(BIN)/python scripts/setup/chromium.py
	@$(BIN)/python scripts/setup/servers.py
	@$(BIN)/python -m pytest -m deploy --numprocesses=auto --dist=loadgroup tests/deploy

lint: setup ## judge the code (ruff, mypy), the English texts (typos, proselint), and the workflows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python scripts/development/prose_lint.py
	@$(BIN)/python scripts/development/workflow_lint.py

bench: setup ## measure the check, the history, and the build as ratios, and the rules on wording
	@$(BIN)/python scripts/development/bench.py

measure: setup build/node ## measure the pages of the built site, and judge them by Lighthouse (PAGES="policy/work/ fr/")
	@$(BIN)/python scripts/setup/chromium.py
	@$(BIN)/python scripts/development/measure/command.py $(PAGES)

screenshots: setup ## take the pictures in README.md from the built site, as of the last commit
	@$(BIN)/python scripts/setup/chromium.py
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python scripts/development/screenshots.py

build/node: scripts/development/measure/requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --upgrade --target $@ \
	    --no-deps --only-binary :all: --require-hashes --requirement $<
	@touch $@

fuzz: setup build/fuzz ## look for input that breaks a promise, or takes over 2 s or 500 MB (SECONDS=600)
	@mkdir -p build/corpus
	@PYTHONPATH=build/fuzz $(BIN)/python -m tests.fuzz -max_total_time=$(SECONDS) -timeout=20 -max_len=20000 \
	    -dict=tests/fuzz/dictionary.txt -artifact_prefix=build/broken- build/corpus tests/fuzz/corpus

build/fuzz: tests/fuzz/requirements.txt
	@$(BIN)/python -m pip --disable-pip-version-check --quiet install --upgrade --target $@ \
	    --no-deps --only-binary :all: --require-hashes --requirement $<
	@touch $@

lock: ## renew requirements.txt after a change in pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra development --universal --python-version 3.11.2 \
	    --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.txt
	uv pip compile --group measure --universal --python-version 3.11.2 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --quiet --output-file scripts/development/measure/requirements.txt

clean: ## remove what the other commands made
	rm -rf .venv .cache site build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
