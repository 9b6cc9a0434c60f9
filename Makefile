# What people and CI run where there is make. `make` alone lists it. Everything is installed into .venv, from
# requirements.txt. Each target calls the command that people without make type.
PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
SECONDS ?= 600
HANDBOOK := .venv/bin/handbook
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup serve build check test test-deploy test-editor test-training lint bench measure screenshots fuzz lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{printf "%-12s %s\n", $$1, $$2}'

setup: ## make .venv, or bring it up to date
	@$(PYTHON) scripts/setup/bootstrap.py

serve: setup ## show the handbook on this machine and follow every edit (ADDRESS=host:port)
	@$(HANDBOOK) serve --address $(ADDRESS)

build: setup ## build the site into site/; any warning stops it (HANDBOOK_BUILDER=properdocs)
	@$(HANDBOOK) build

check: setup ## judge every page as of today
	@$(HANDBOOK) check

test: setup ## run every test, browser tests included
	@$(HANDBOOK) develop test

test-deploy: setup ## run the tests of the web servers, with nginx and Apache from Debian
	@$(HANDBOOK) develop test-deploy

test-editor: setup ## run the tests of the editor under /edit/, with Sveltia CMS by npm
	@$(HANDBOOK) develop test-editor

test-training: setup ## try training packages in scorm-again, a learning system's run-time by npm
	@$(HANDBOOK) develop test-training

lint: setup ## judge the code (ruff, mypy), the English texts (typos, proselint), and the workflows
	@$(HANDBOOK) develop lint

bench: setup ## measure the check, the history, and the build as ratios, and the rules on wording
	@$(HANDBOOK) develop bench

measure: setup ## measure the pages of the built site, and judge them by Lighthouse (PAGES="policy/work/ fr/")
	@$(HANDBOOK) develop measure -- $(PAGES)

screenshots: setup ## take the pictures in README.md from the built site, as of the last commit
	@$(HANDBOOK) develop screenshots

fuzz: setup ## look for input that breaks a promise, or takes over 2 s or 500 MB (SECONDS=600)
	@$(HANDBOOK) develop fuzz --seconds $(SECONDS)

lock: setup ## renew requirements.txt after a change in pyproject.toml (needs uv)
	@$(HANDBOOK) develop lock

clean: ## remove what the other commands made
	@$(PYTHON) scripts/setup/clean.py
