# Two commands: `make run` shows the demonstration district, `make test` checks everything.
# The work is done by dev/ (python3 -m dev …); this file only names the goals.

PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: help run test lint terms shell bench soak stop clean distclean lock

# Everything after the goal's name reaches dev/ as environment variables: make exports them.
dev = @command -v $(PYTHON) >/dev/null || { \
	echo "error: $(PYTHON) is missing: install Debian's package python3 and start again." >&2; exit 1; }; \
	exec $(PYTHON) -m dev

help: ## list the goals
	@echo "make <goal> [VARIABLE=value …]"
	@echo
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  Variables: PORT BIND DB DEMO=quick|district|none, ODOO_HOME=<an existing Odoo 19>,"
	@echo "  PGHOST PGPORT PGUSER PGPASSWORD=<an existing PostgreSQL>, TAGS=<Odoo test tags>,"
	@echo "  ARGS=<words for bench, soak and shell>, XDG_CACHE_HOME, XDG_STATE_HOME, PYTHON."

run: ## serve the demonstration district at http://localhost:8069; Ctrl-C stops it
	$(dev) run

test: ## run every check; with TAGS=/left_behind_children:TestX only those Odoo tests
	$(dev) test

lint: ## run the checks of style, form and Chinese translation
	$(dev) lint

terms: ## bring i18n/ up to date; new terms are left empty, to be translated
	$(dev) terms

shell: ## open Odoo's shell on the database of `make run`
	$(dev) shell

bench: ## measure speed; tables go to bench/results/
	$(dev) bench run

soak: ## let many users work for a long time
	$(dev) bench soak

lock: ## choose and lock newer versions of the Python packages (dev/*.in)
	$(dev) lock

stop: ## stop everything this checkout runs
	$(dev) stop

clean: ## remove what this checkout created: databases, logs; keeps the downloads
	$(dev) clean

distclean: ## as clean, and remove the downloads that all checkouts share
	$(dev) clean all
