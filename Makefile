# Everything a developer needs, with make and Python 3.11 or later and nothing else installed.
#
#   make run     the demo clinic on http://localhost:8000 (PORT=9000 make run for another port)
#   make dev     the same, restarting itself when a file changes
#   make test    every check and every test, on SQLite and on PostgreSQL
#   make bench   how fast the busiest pages are, beside a bare Django page
#   make screenshots   the pictures of the documents, taken anew
#   make figures       the exercise pictures and films, drawn if stale, and sheets of all in var/figures
#
# The virtual environment .venv is filled again only when the pinned requirements change.

.POSIX:

PYTHON = python3
VENV = .venv/bin/python
DEVELOPMENT = CLINIC_DEVELOPMENT=1 PYTHONUNBUFFERED=1

run:
	@$(PYTHON) .ci/install.py requirements.txt
	@$(DEVELOPMENT) exec $(VENV) manage.py serve

dev:
	@$(PYTHON) .ci/install.py requirements.txt
	@$(DEVELOPMENT) CLINIC_DEBUG=1 exec $(VENV) manage.py serve --reload

test:
	@$(PYTHON) .ci/install.py requirements-dev.txt
	@exec $(VENV) .ci/test.py

bench:
	@$(PYTHON) .ci/install.py requirements.txt
	@exec $(VENV) -m tests.bench

screenshots:
	@$(PYTHON) .ci/install.py requirements-dev.txt
	@exec $(VENV) -m tests.browser.take_screenshots

figures:
	@$(PYTHON) .ci/install.py requirements-dev.txt
	@$(VENV) -m education.library.figures
	@exec $(VENV) -m tests.browser.draw_contact_sheet

PIN = CUSTOM_COMPILE_COMMAND="make requirements" .venv/bin/pip-compile --quiet --generate-hashes \
	--no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe pyproject.toml

requirements:
	@$(PYTHON) .ci/install.py requirements-dev.txt
	@$(PIN) --output-file requirements.txt
	@$(PIN) --extra dev --output-file requirements-dev.txt

.PHONY: run dev test bench requirements screenshots figures
