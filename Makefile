# Loa. Needs Python 3.11 or newer and make; everything else is installed below this folder.
PYTHON ?= python3
UV := .uv/bin/uv
RUN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy

.PHONY: demo install check test test-sqlite test-postgresql test-nightly messages screenshots clean

demo: install            ## make a synthetic federation under var/ and start it
	@LOA_MODE=demo $(RUN)/loa demo

install: .venv/installed ## the project's own environment, exactly as locked

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Loa needs Python 3.11 or newer. / Loa cần Python 3.11 trở lên.")'
	@$(PYTHON) -m venv .uv || { echo "This Python cannot make environments: install its venv module (Debian: apt install python3-venv)."; exit 1; }
	@.uv/bin/python -m pip install --quiet 'uv>=0.9,<1'

.venv/installed: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --quiet --frozen --python $(PYTHON)
	@touch $@

.venv/messages: .venv/installed tools/messages.py tools/catalogues.py $(wildcard loa/*/locale/vi/LC_MESSAGES/*.po loa/config/locale/*/vi/LC_MESSAGES/*.po)
	@$(RUN)/python tools/messages.py compile
	@touch $@

install: .venv/messages
messages: .venv/messages ## compile the Vietnamese catalogues

check: install           ## format, lint, types, module contracts, translations, migrations
	$(RUN)/ruff format --check loa tests tools bench
	$(RUN)/ruff check loa tests tools bench
	LOA_MODE=test $(RUN)/mypy
	$(RUN)/lint-imports
	$(RUN)/python tools/messages.py check
	LOA_MODE=test $(RUN)/loa makemigrations --check --dry-run
	$(RUN)/python tools/outliers.py

test: test-sqlite test-postgresql ## everything, on both databases

test-sqlite: install
	@$(RUN)/python tools/system.py
	$(RUN)/pytest -n auto --dist worksteal

test-postgresql: install
	@$(RUN)/python tools/system.py
	$(RUN)/python tools/postgresql.py $(RUN)/pytest -n auto --dist worksteal -m "not browser"

test-nightly: install    ## properties of counting and privacy with at least 2,000 examples each
	LOA_EXAMPLES=nightly $(RUN)/pytest -n auto --dist worksteal -m properties

screenshots: install     ## take the pictures of the guide anew (docs/guide/hinh)
	@$(RUN)/python tools/system.py
	$(RUN)/python tools/screenshots.py

clean:                   ## forget the environment and all data
	rm -rf .venv .uv var
