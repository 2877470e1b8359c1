# The two commands to know: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SOURCES := bot charts domain handlers locales scheduler storage web tests benchmarks

# Programs start in half the time, and tests load in two thirds of it, where what was compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo install test check lint types imports format bench pictures campaign constraints clean

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("Guanxi needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

$(VENV)/.runtime: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

install: $(VENV)/.runtime  ## the command .venv/bin/guanxi

demo: $(VENV)/.runtime  ## a sandbox company on http://127.0.0.1:8080, or at another PORT=
	$(BIN)/guanxi demo --open $(if $(PORT),--port $(PORT))

test: $(INSTALLED)  ## everything, on SQLite and on a real PostgreSQL; each conversation on one of them in turn
	GUANXI_IN_TURN=1 $(BIN)/python -m pytest -n 4 --dist worksteal

check: lint types imports  ## what CI runs: every test on both databases
	$(BIN)/python -m pytest -n 4 --dist worksteal

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

imports: $(INSTALLED)
	$(BIN)/lint-imports

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(INSTALLED)  ## the table of benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

pictures: $(INSTALLED)  ## docs/images of Telegram and Slack, from what the fakes are really sent
	$(BIN)/python -m tests.pictures

campaign: $(INSTALLED)  ## the long runs: kills and faults without end (GUANXI_CAMPAIGN_SEED repeats one), every button pressed by everybody, everything odd typed everywhere
	GUANXI_CAMPAIGN=1 $(BIN)/python -m pytest -n 3 --dist worksteal tests/crash tests/bot/telegram/test_campaign.py tests/bot/slack/test_campaign.py tests/bot/slack/test_kill.py tests/conversations/test_permissions.py tests/conversations/test_bad_input.py tests/storage/test_undo_property.py

constraints: $(INSTALLED)  ## pin what is installed now
	$(BIN)/python -m pip freeze --exclude-editable | grep -v ' @ ' > constraints.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
