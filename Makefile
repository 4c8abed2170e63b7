# One word each: run, test, check, lint, bench, clean. CI runs the same words.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

FRONT_SOURCES := $(shell find clients allonce -type f \( -name '*.ts' -o -name '*.tsx' -o -name '*.css' -o -name '*.json' -o -name '*.webmanifest' -o -name '*.html' -o -name '*.mjs' -o -name 'vite.config.*' -o -path 'allonce/pricing/*.py' \) -not -path '*/node_modules/*' -not -path '*/generated/*' -not -path '*/tests/*')

.PHONY: run test test-real test-scale check lint types bench build openapi clean

run: $(VENV)/.run build  ## set everything up, start with demo data, print one address
	$(BIN)/allonce up --demo

test: $(VENV)/.dev build  ## the fast suite
	$(BIN)/python -m pytest -n 2 -m "not real and not slow"

test-real: $(VENV)/.dev build  ## what needs a browser or servers, the slow ones, and more examples of each property
	.ci/real-parts
	$(BIN)/python -m pytest -n 2 --dist loadfile -m real --timeout=900 --reruns 2 --durations=15
	$(BIN)/python -m pytest -n 2 -m "(slow or hypothesis) and not real" --hypothesis-profile=thorough --timeout=900 --reruns 2 --durations=15
	$(MAKE) test-scale

test-scale: $(VENV)/.dev build  ## the fast suite again, on PostgreSQL and Redis
	.ci/on-postgresql $(BIN)/python -m pytest -n 2 -m "not real and (scale or not slow)" --timeout=900 --reruns 2

check: lint types test  ## what CI runs before the real parts

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/.dev build
	$(BIN)/mypy
	cd clients && npm run --silent check

bench: $(VENV)/.dev build  ## every headline figure, each against a peer or a limit
	$(BIN)/python -m benchmarks

build: build/front/.built

openapi: $(VENV)/.dev
	$(BIN)/allonce openapi > docs/openapi.json

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Allonce needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up Python packages: a minute or two, the first time only."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

clients/node_modules/.installed: clients/package-lock.json | $(VENV)/.run
	@echo "Fetching the front end's packages, then building it: another minute."
	cd clients && npm ci --silent
	touch $@

build/front/.built: clients/node_modules/.installed $(FRONT_SOURCES) | $(VENV)/.run
	cd clients && npm run --silent build
	$(BIN)/python -m allonce.products.quoting.documents.fonts clients/node_modules/inter-ui/web build/front/fonts
	$(BIN)/python -m whitenoise.compress --quiet build/front/office ttf woff2
	$(BIN)/python -m whitenoise.compress --quiet build/front/agent_console ttf woff2 png
	touch $@

clean:  ## everything that the other words made, except your data in var/
	rm -rf build clients/node_modules clients/*/src/generated $(VENV)
