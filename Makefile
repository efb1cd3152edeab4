# Thin on purpose: every target is one call of the tool in scripts/desk (Python, standard library only).
# Variables given on the command line (make test T=… K=…) reach it through the environment.
PYTHON ?= python3
DESK := $(PYTHON) -m scripts.desk
# Names and logs hold more than ASCII, whatever the machine's locale.
export PYTHONUTF8 := 1
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

.PHONY: help setup run start stop test test-long test-core lint format bench screenshots pot distributor \
	psql shell odoo pins clean distclean

help: ## this list
	@$(DESK) help

setup: ## install and prepare all that is missing (system packages, Odoo, Python, PostgreSQL)
	@$(DESK) setup

run: ## serve a demo shop with every add-on; prints address and logins [PORT= FRESH=1 ARGS=]
	@$(DESK) run

start: ## the same in the background
	@$(DESK) start

stop: ## stop what `make start` left running, and the private PostgreSQL when nobody uses it
	@$(DESK) stop

test: ## all tests [T=path K=expression ADDON=name ALONE=1 DB=name U=addons KEEP=1 X=1 J=workers ARGS=]
	@$(DESK) test

test-long: ## the slow tests of tests/long (kill tests, the tool's own self-repair)
	@$(DESK) test-long

test-core: ## Odoo's own sale, stock and shop tests, with our add-ons against without [T=sale,delivery]
	@$(DESK) test-core

lint: ## every linter; zero findings or it fails
	@$(DESK) lint

format: ## let the formatters rewrite what `make lint` would complain about
	@$(DESK) format

bench: ## all benchmarks, or one [B=name KEEP=1]
	@$(DESK) bench

screenshots: ## take the pictures of the documentation from the demo shop [K=name]
	@$(DESK) screenshots

pot: ## write every add-on's i18n/<add-on>.pot anew [ADDON=name]
	@$(DESK) pot

distributor: ## a rehearsal distributor: SFTP, FTP, HTTPS, service [ARGS="--help"]
	@$(DESK) distributor

psql: ## psql on the demo database [DB=name]
	@$(DESK) psql

shell: ## Odoo's Python shell on the demo database [DB=name]
	@$(DESK) shell

odoo: ## any Odoo command with our configuration [DB=name ARGS="…"]
	@$(DESK) odoo

pins: ## compile requirements-*.in into requirements-*.txt
	@$(DESK) pins

clean: ## drop this checkout's databases and artifacts; keep what is shared (Odoo, templates, …)
	@$(DESK) clean

distclean: ## remove the whole cache: Odoo, Python, PostgreSQL and every database in it
	@$(DESK) distclean
