# Every target starts from a bare checkout: Python 3.11 and make are enough.
#   make demo        the whole product with made-up people on http://127.0.0.1:8000 (PORT=9000 changes it, FRESH=1 begins anew)
#   make test        everything: static checks, the suite on SQLite and on PostgreSQL, a real browser
#   make setup       environment, packages and words; quick when nothing changed
#   make lint        what the house asks of code, quickly     make catalogues   compile the Hindi words
#   make bench       ratios, each beside its twin             make soak         the long trials
#   make lock        write the lock files anew from pyproject.toml   make pictures   the README's pictures, from a fresh demo

SHELL := /bin/sh
PYTHON ?= $(shell python3.11 -c "" 2>/dev/null && echo python3.11 || echo python3)
PORT ?= 8000
UV := 0.13.9
BIN := .venv/bin
WORDS := $(patsubst %.po,%.mo,$(wildcard */locale/*/LC_MESSAGES/django.po))

export PYTHONDONTWRITEBYTECODE :=# else each process compiles all that it reads, and a run starts hundreds
export PATH := $(CURDIR)/$(BIN):$(PATH)
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test bench soak pictures catalogues lint lock
.DELETE_ON_ERROR:

setup: .venv/ready catalogues

.venv/ready: requirements-dev.lock
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info[:2] != (3, 11))" \
	  || { echo "Srijan needs Python 3.11; name it: make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Mend: apt-get install python3.11-venv"; exit 1; }
	@echo "Installing packages ..."
	@$(BIN)/python -m pip install --quiet uv==$(UV) \
	  && VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip sync --quiet --require-hashes requirements-dev.lock \
	  || { echo "uv did not work; pip takes a minute longer."; \
	       $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.lock; }
	@$(BIN)/python -m tests.machine raqm
	@mkdir -p var
	@touch $@

catalogues: $(WORDS)

$(WORDS): %.mo: %.po | .venv/ready
	@$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

# The demo has a database of its own and sends nothing: what .env names is never touched.
demo: export DEMO := 1
demo: export SECURE_SSL := 0
demo: export REDIS_URL :=
demo: export SMS_BACKEND := portal.channels.console.ConsoleSMS
demo: export EMAIL_URL := consolemail://
demo: export DATABASE_URL := sqlite:///$(CURDIR)/var/demo.sqlite3
demo: export MEDIA_ROOT := $(CURDIR)/var/demo-media
demo: export SITE_URL := http://127.0.0.1:$(PORT)
demo: setup
	@[ -s var/demo.txt ] && [ -z "$(FRESH)" ] || rm -rf var/demo.txt var/demo.sqlite3* var/demo-media
	@$(BIN)/python manage.py migrate --verbosity 0
	@[ -s var/demo.txt ] || { echo "Making up people ..."; \
	  $(BIN)/python manage.py make_demo --scale small > var/demo.part && mv var/demo.part var/demo.txt; }
	@sed "s|http://127\.0\.0\.1:[0-9]*|$(SITE_URL)|g" var/demo.txt
	@printf '\n  Srijan: $(SITE_URL)/    (stop with Ctrl-C; make demo FRESH=1 begins anew)\n\n'
	@mkdir -p staticfiles
	@exec $(BIN)/honcho start --procfile Procfile.demo --env /dev/null --port $(PORT)

test: setup
	@$(BIN)/python -m tests.machine chromium
	@$(BIN)/python -m tests.whole

bench: setup
	@$(BIN)/python -m pytest -m bench -s

soak: setup
	@$(BIN)/python -m tests.machine chromium
	@$(BIN)/python -m pytest -m "(soak or hypothesis) and not postgres" --hypothesis-profile soak
	@$(BIN)/python -m tests.on_postgres -m "(soak or hypothesis) and not once" --hypothesis-profile soak

pictures: setup
	@$(BIN)/python -m tests.machine chromium
	@$(BIN)/python -m tests.pictures

lint: setup
	@$(BIN)/python -m pytest tests/test_house.py tests/test_architecture.py

lock: .venv/ready
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --group dev --output-file requirements-dev.lock
