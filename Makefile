# Galley's commands. `make help` lists them; docs/ tells more.
# Each of pdf, epub, html, handout, large-print, check, proof, fix and all is one call of
# .venv/bin/galley on a folder.

PYTHON ?= python3
SOURCE ?= source
OUT    ?=
JOBS   ?=
PAPER  ?=

# The values go to the shell through the environment, as they were typed: a folder may be called
# anything, with blanks, quotes or dollar signs, and none of it is read as a command.
export GALLEY_MAKE_SOURCE := $(value SOURCE)
export GALLEY_MAKE_OUT    := $(value OUT)
export GALLEY_MAKE_JOBS   := $(value JOBS)
export GALLEY_MAKE_PAPER  := $(value PAPER)
unexport SOURCE OUT JOBS PAPER

BIN      := .venv/bin
SET_UP   := $(PYTHON) -m pipeline.bootstrap
TO_OUT   := $${GALLEY_MAKE_OUT:+-o "$$GALLEY_MAKE_OUT"}
BUILD    := $(BIN)/galley build $(TO_OUT) $${GALLEY_MAKE_JOBS:+--jobs "$$GALLEY_MAKE_JOBS"} \
            $${GALLEY_MAKE_PAPER:+--set "paper=$$GALLEY_MAKE_PAPER"}
ON_SOURCE := -- "$$GALLEY_MAKE_SOURCE"

.DEFAULT_GOAL := all
.NOTPARALLEL:
.PHONY: all pdf epub html handout large-print check proof fix audit setup doctor clean help test \
        test-long prove score test-tools lint bench lock environment dev python

all: environment
	@$(BUILD) $(ON_SOURCE)

pdf epub html handout large-print: environment
	@$(BUILD) -e $@ $(ON_SOURCE)

check fix: environment
	@$(BIN)/galley $@ $(ON_SOURCE)

audit: environment
	@$(BIN)/galley audit -- "$${GALLEY_MAKE_OUT:-build}"

proof: environment
	@$(BIN)/galley proof $(TO_OUT) $(ON_SOURCE)

setup: python
	@$(SET_UP) --say-ready

doctor: environment
	@$(BIN)/galley doctor

clean:
	@if [ -x $(BIN)/galley ]; then $(BIN)/galley clean $(TO_OUT); \
	 else echo "Nothing has been built here."; fi

help:
	@printf '%s\n' \
	  'make             every post of source/ as PDF, EPUB and HTML, in build/' \
	  'make pdf         only that edition; likewise: make epub, make html' \
	  'make handout     what one hands out in a room: numbered links, QR codes, space for notes' \
	  'make large-print pages for readers with low vision: 18 pt, black, nothing divided' \
	  'make check       what is wrong with the posts, and what Galley repairs in them' \
	  'make proof       the same on pages for the browser, before and after: build/_proof/index.html' \
	  'make fix         write the repairs into the posts (what git does not hold is kept as .orig)' \
	  'make audit       read the finished editions again: do they agree, and are they valid' \
  'make setup       what Galley needs, and nothing else (the others do it when it is missing)' \
	  'make doctor      what is here, what is missing, and the command that brings it' \
	  'make clean       remove what was built (what else lies in build/ stays)' \
	  '' \
	  'Add any of these:' \
	  '  SOURCE=folder  take the posts of that folder      make SOURCE=../blog/content' \
	  '  OUT=folder     put the editions there             make pdf OUT=../proofs' \
	  '  PAPER=letter   US Letter paper (A4 otherwise)     make pdf PAPER=letter' \
	  '  JOBS=n         posts made at the same time        make JOBS=4' \
	  '' \
	  'For work on Galley itself:' \
	  'make test        the tests (minutes); names the validators that are absent' \
	  'make test-tools  bring the validators (epubcheck, Ace, vnu, html-validate, axe, veraPDF)' \
	  'make test-long   what takes long, and a quarter of what make prove does (half an hour)' \
  'make prove       every post of the corpus through every validator (long)' \
	  'make score       how well lost structure is found on the labelled posts (VERBOSE=1: each miss)' \
  'make lint        ruff and mypy' \
	  'make bench       CPU time against pandoc, cost and growth of the repairs' \
	  'make lock        write the lock files anew from pyproject.toml (UPGRADE=1: newest versions)'

test: dev
	@$(BIN)/python -m pytest

test-long: dev
	@GALLEY_TEST_ONE_IN=4 $(BIN)/python -m pytest -m 'long or prove'

prove: dev
	@$(BIN)/python -m pytest -m prove

score: dev
	@$(BIN)/python -m tests.score $(if $(VERBOSE),-v) $(if $(MEASURE),--measure) $(LABELS)

test-tools: environment
	@$(BIN)/python -m pipeline.audit.judges.bring

lint: dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: environment
	@$(BIN)/python -m tests.bench.run

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
        $(if $(UPGRADE),--upgrade) pyproject.toml

lock: dev
	@$(LOCK) --group build -o requirements.lock
	@$(LOCK) --group build --group dev -c requirements.lock -o requirements-dev.lock

# What the targets above stand on; both are silent when there is nothing to do.
environment: python
	@$(SET_UP)

dev: python
	@$(SET_UP) --dev

python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Galley needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 2; }
