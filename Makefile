# `make demo` and `make test` do all their set-up themselves: Python 3.11 or newer, make and a package registry are enough.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench docs lock clean

demo: .venv/runtime
	$(BIN)/countersight demo --case countersight-demo || test $$? -eq 3  # 3: done, and some records cannot be read, as is meant

test: .venv/develop check
	sh scripts/browser.sh
	$(BIN)/pytest -n 2
	$(BIN)/countersight rules test

check: .venv/develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/develop
	$(BIN)/python bench/speed.py

docs: .venv/develop
	$(BIN)/python scripts/docs.py

# Hashes and versions only: no registry is named in a lock file.
lock: .venv/develop
	$(BIN)/uv pip compile --universal --generate-hashes --no-header -q pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-header -q pyproject.toml --group dev -o requirements-dev.txt

.venv/runtime: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

.venv/develop: requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	touch $@ .venv/runtime

clean:
	rm -rf .venv countersight-demo site
