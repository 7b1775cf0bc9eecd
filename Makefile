# Two commands matter: `make run` opens the dashboard, `make test` passes everything.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DEV_STAMP := $(VENV)/.ready-dev

.PHONY: run test check bench soak format lock setup clean browser

run: $(STAMP)
	$(BIN)/incidents serve

$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Incidents needs Python 3.11 or newer; set PYTHON=...')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: $(DEV_STAMP)

browser:
	@bash .ci/install-browser
	@bash .ci/install-servers

test: $(DEV_STAMP) browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not soak" -n 2 --dist loadfile

check: $(DEV_STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not soak and not browser and not shared" -n 2 -q

soak: $(DEV_STAMP) browser
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[postgres,spark]" -c requirements-dev.txt
	$(BIN)/python -m pytest -m soak

bench: $(DEV_STAMP) browser
	$(BIN)/python bench/run.py

lock: $(DEV_STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --python-version 3.11 --group dev -c requirements.lock -o requirements-dev.txt
	(echo "# Locked; made by 'make lock' from pyproject.toml."; echo "-e ."; cat requirements.lock) > requirements.txt
	rm requirements.lock

clean:
	rm -rf $(VENV)
