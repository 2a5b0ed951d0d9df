# The two to know: `make serve` and `make test`. Both set up .venv first, from the locked versions.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Material prints a notice about MkDocs 2 at every build; CONTRIBUTING.md says what we make of it.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: help serve site check test bench bench-lighthouse bench-reader bench-serve profile lint lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(READY) ## Serve the site on http://127.0.0.1:8000 and rebuild it at every save
	$(BIN)/mkdocs serve

site: $(READY) ## Build the site into site/; any warning is an error
	$(BIN)/mkdocs build --strict

check: $(READY) ## Validate data, templates, pages and markers, without a build
	@$(BIN)/fieldguide check

test: $(READY) ## Run every test, those in a real browser included
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile \
	  --no-loadscope-reorder $(ARGS)

bench-reader: $(READY) ## Measure how long readers wait in a long list on a slow phone
	$(BIN)/python tests/bench_reader.py $(ARGS)

bench-lighthouse: $(READY) ## Ask Lighthouse about the built site, if it is installed
	$(BIN)/python tests/bench_lighthouse.py $(ARGS)

bench: $(READY) ## Measure builds beside other site generators; see tests/bench.py
	$(BIN)/python tests/bench.py $(ARGS)

bench-serve: $(READY) ## Measure how long a save takes to show while serving
	$(BIN)/python tests/bench_serve.py $(ARGS)

profile: $(READY) ## Say where a build's time goes
	$(BIN)/python tests/profile_build.py $(ARGS)

lint: $(READY) ## Format the code and mend what can be mended
	$(BIN)/ruff format hooks tests
	$(BIN)/ruff check --fix hooks tests
	$(BIN)/mypy

lock: $(READY) ## Compile requirements.txt anew from pyproject.toml, for all platforms
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade --quiet --output-file requirements.txt

clean: ## Remove what was built
	rm -rf site .cache .mypy_cache .ruff_cache .pytest_cache

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment here; on Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
