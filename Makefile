# make alone lists what there is. Everything runs in .venv; nothing is installed outside it but the packages of Chromium and PostgreSQL, for tests, by root.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
DATA ?= .demo
PORT ?= 8787

# What is fetched and built does not wait for one another.
MAKEFLAGS += --jobs=4

# Where this is set every start of Python would compile every library anew: seconds each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup fonts demo test lint bench docs faults screens lock clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Masarat needs Python 3.11 or newer: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import platform, sys; libc = platform.libc_ver()[0]; sys.exit(not (sys.platform == "darwin" or libc == "glibc"))' || { echo "The embedded engine runs on Linux (glibc) and macOS only: on Windows use WSL, on Alpine a Debian-based image."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

setup: .venv/.ready masarat/show/fonts/.ready masarat/show/sdk/.ready masarat/show/app/.ready ## Set everything up in .venv, fetch the typeface, build the app and the browser SDK

masarat/show/fonts/.ready: web/fonts.py
	@command -v npm >/dev/null || { echo "Masarat's typeface comes from npm: install Node 20 or newer."; exit 1; }
	$(PYTHON) web/fonts.py
	@touch $@

web/sdk/node_modules/.ready: web/sdk/package-lock.json
	@command -v npm >/dev/null || { echo "Masarat's browser SDK is built with npm: install Node 20 or newer."; exit 1; }
	cd web/sdk && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

masarat/show/sdk/.ready: web/sdk/node_modules/.ready web/sdk/build.mjs $(wildcard web/sdk/src/*.ts web/sdk/src/*/*.ts)
	node web/sdk/build.mjs
	@touch $@

web/app/node_modules/.ready: web/app/package-lock.json
	@command -v npm >/dev/null || { echo "Masarat's app is built with npm: install Node 20 or newer."; exit 1; }
	cd web/app && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

masarat/show/app/.ready: web/app/node_modules/.ready web/app/index.html web/app/vite.config.ts $(wildcard web/app/src/*.* web/app/src/pages/*.* masarat/words/app.*.ftl)
	cd web/app && npm run --silent build
	@touch $@

fonts: masarat/show/fonts/.ready ## Fetch the typeface

demo: setup ## Load the sample shop and serve it
	$(BIN)/masarat --data $(DATA) demo --serve --port $(PORT)

tests/sdks/node_modules/.ready: tests/sdks/package-lock.json tests/sdks/umami.py | .venv/.ready
	@command -v npm >/dev/null || { echo "The SDKs of others, which the tests need, come from npm: install Node 20 or newer."; exit 1; }
	cd tests/sdks && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tests.sdks.umami
	@touch $@

# Two processes more than cores: tests of servers and browsers wait a good part of their time. Types are checked beside them.
test: setup tests/sdks/node_modules/.ready ## Run all tests, browser tests included
	$(BIN)/python -m tests.support.chromium
	$(BIN)/python -m tests.support.postgres
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy & types=$$!; \
	$(BIN)/pytest -m "not long" -n $$($(BIN)/python -c 'import os; print(min(4, os.cpu_count() + 2))') --dist loadfile --no-loadscope-reorder; \
	tests=$$?; wait $$types && exit $$tests

lint: setup ## Check style and types, mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy

bench: setup ## Measure speed and memory, as ratios against named peers
	$(BIN)/python -m bench

faults: setup ## Break journal and server on purpose, long: kill -9, power cuts, full disks, failing calls, malformed bodies, imports and syncs at every step
	$(BIN)/python -m tests.faults
	$(BIN)/pytest -m long

screens: setup ## Take pictures of all pages, of the sample shop in DATA
	$(BIN)/python -m tests.browser.screens $(DATA)

docs: setup ## Write docs/questions from the questions themselves
	$(BIN)/python -m masarat.show.docs

lock: setup ## Choose newest allowed versions anew and write requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --group dev --no-emit-index-url --no-header --upgrade pyproject.toml -o requirements.lock

clean: ## Remove what was built here; data stays
	rm -rf .venv masarat/show/fonts masarat/show/sdk masarat/show/app web/sdk/node_modules web/app/node_modules web/sdk/dist tests/sdks/node_modules .pytest_cache .mypy_cache .ruff_cache dist
