# Every habit of this house is one word. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help install demo test test-all lint format types check lock secrets tools clean

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n logical --dist worksteal

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: install ## A whole campaign on this machine in under a minute; KILL=1 kills the worker on the way
	@$(BIN)/apres demo $(if $(KILL),--kill) $(ARGS)

test: install ## Everything, on a real Redis and a real SMTP server that it starts itself; ARGS=tests/mail narrows
	@$(PYTEST) $(ARGS)

test-all: install ## The same with ten times the generated examples, and what takes minutes
	@$(PYTEST) -m "" --hypothesis-profile=exhaustive $(ARGS)

faults: install ## Campaigns under faults, judged key by key; SEED=1 COUNT=50, FAULTS_JSON=file, FAULTS_KEEP=folder
	@SEED=$(or $(SEED),1) COUNT=$(or $(COUNT),50) $(BIN)/python -m tests.faults

bench: install .venv-bench ## Speed beside smtp-source, the naive way and django-post_office; QUICK=1, BENCH_JSON=file
	@$(BIN)/python -m tests.bench

check: lint types test ## What CI asks: lint, types, tests

lint: install ## Style and format, nothing changed
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

format: install ## Put style and format right
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

types: install ## mypy, strict
	@$(BIN)/mypy

install: ## .venv as requirements.lock says; done again only when something changed
	@sh worker/install.sh

lock: ## Bring the locks up to pyproject.toml (needs uv; UPGRADE=--upgrade takes the newest of everything)
	@$(COMPILE) $(UPGRADE) --group dev pyproject.toml --output-file requirements.lock
	@$(COMPILE) --constraint requirements.lock pyproject.toml --output-file requirements-run.lock
	@$(COMPILE) --constraint requirements.lock --group build --output-file requirements-build.lock
	@$(COMPILE) --constraint requirements.lock --group bench --output-file requirements-bench.lock

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
           --no-annotate --custom-compile-command "make lock"

.venv-bench: requirements-bench.lock
	@command -v smtp-sink /usr/sbin/smtp-sink >/dev/null || $(MAKE) --no-print-directory tools
	@rm -rf $@ && $(BIN)/python -m venv $@ && $@/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

secrets: ## Keys for docker compose, made once; then put the relay's password into .secrets/relay_password
	@mkdir -p -m 700 .secrets
	@for name in apres_secret grafana_password flower_password; do \
		test -e .secrets/$$name || python3 -c 'import secrets; print(secrets.token_urlsafe(32))' >.secrets/$$name; done
	@test -e .secrets/relay_password || : >.secrets/relay_password
	@chmod 444 .secrets/*

TOOLS := redis-server chromium fonts-dejavu-core fonts-noto-color-emoji postfix python3-dkim python3-nacl dovecot-imapd prometheus \
         python3-gi gir1.2-ical-3.0 spamassassin

tools: ## What tests and benchmarks use from Debian and npm: Redis, a browser, smtp-sink, Dovecot, promtool, judges of mails, pages, DKIM and calendars
	@command -v apt-get >/dev/null || { echo "no apt-get here: nothing installed; tests that want these tools will say so"; exit 0; }; \
	as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	echo "postfix postfix/main_mailer_type select No configuration" | $$as_root debconf-set-selections; \
	$$as_root apt-get update --quiet=2 && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends $(TOOLS) \
	$$(command -v npm >/dev/null || echo nodejs npm) && \
	npm --prefix tests/judges ci --ignore-scripts --no-audit --no-fund --silent && \
	npm --prefix tests/judges/calendars ci --ignore-scripts --no-audit --no-fund --silent \
	|| echo "not installed: the tests that want these packages will say so"

clean: ## Away with everything that can be made again; data of the demo and of campaigns stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* htmlcov dist
	@find worker tests -name __pycache__ -type d -prune -exec rm -rf {} +
