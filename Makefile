# Four words: serve, test, soak, check. Everything else is a step of one of these.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve lab test soak check lock clean

serve: $(VENV)/.ready
	$(BIN)/repairbook serve

lab: $(VENV)/.ready
	$(BIN)/repairbook lab

test: $(VENV)/.ready-to-test check
	$(BIN)/python -m pytest -m "not soak" $(ARGS)

soak: $(VENV)/.ready-to-test
	$(BIN)/python -m pytest -m soak --timeout 3600 $(ARGS)

check: $(VENV)/.ready-to-test
	$(BIN)/ruff check widgets tests
	$(BIN)/ruff format --check widgets tests
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.ready-to-test: $(VENV)/.ready tests/requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	$(BIN)/python tests/browser/install.py
	touch $@

# Pins everything anew, with hashes and no index addresses; needs pip-tools.
PIN := pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
DEV := import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"]))

lock:
	$(PIN) --build-deps-for editable -o requirements.lock pyproject.toml
	$(PYTHON) -c '$(DEV)' | $(PIN) -c requirements.lock -o tests/requirements.lock -

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
