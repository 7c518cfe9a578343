# Two commands do everything on a fresh Debian machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
OUT ?= demo-reports
PYTEST_ARGS ?=
VISITS ?= 500
FAULT_CUTS ?= 40
FUZZ ?= 400
DATASET ?= build/dataset
BIN = $(VENV)/bin
export PYTHON VENV

.PHONY: help demo test faults run lint platforms format bench dataset soak screenshots words lock clean

help:
	@echo "make demo         set up, fill the demo workspace, write its PDFs to OUT=$(OUT), open the app"
	@echo "make test         set up, then run every test"
	@echo "make faults       cut, kill, fill and fuzz more often, and print what was lost (FAULT_CUTS, FUZZ)"
	@echo "make run          set up, then open the app"
	@echo "make lint         ruff (lint and format) and mypy strict"
	@echo "make platforms    mypy strict as on Windows and on macOS"
	@echo "make bench        measure speed against the goals, as ratios"
	@echo "make dataset      a firm of 1,000 locations, 24,000 visits and 1.92 million answers in DATASET=$(DATASET)"
	@echo "make soak         fill, hand in and report VISITS=$(VISITS) visits in one window: what grows?"
	@echo "make screenshots  write pictures of every screen and every kind of card to screenshots/"
	@echo "make words        collect the words to translate and update the .po files"
	@echo "make lock         renew requirements.lock (needs uv)"

demo:
	@.ci/setup app
	@$(BIN)/auditor demo --out "$(OUT)"

run:
	@.ci/setup app
	@$(BIN)/auditor

test:
	@.ci/setup test
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

faults:
	@.ci/setup test
	AUDITOR_FAULT_CUTS=$(FAULT_CUTS) AUDITOR_FUZZ=$(FUZZ) $(BIN)/python -m pytest -n auto \
		tests/faults tests/hostile $(PYTEST_ARGS)

lint:
	@.ci/setup test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

platforms:
	@.ci/setup test
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin

format:
	@.ci/setup test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench:
	@.ci/setup test
	$(BIN)/python -m tests.bench

dataset:
	@.ci/setup test
	$(BIN)/python -m tests.bench.dataset "$(DATASET)"

soak:
	@.ci/setup test
	$(BIN)/python -m tests.faults.soak $(VISITS)

screenshots:
	@.ci/setup test
	$(BIN)/python -m tests.screenshots screenshots
	$(BIN)/python -m tests.ui.capture.shots screenshots
	$(BIN)/python -m tests.ui.capture.gallery screenshots/cards

words:
	@.ci/setup test
	$(BIN)/python .ci/collect_words.py

lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes \
		--no-emit-index-url --no-header --quiet -o requirements.lock

clean:
	rm -rf $(VENV) demo-reports screenshots .pytest_cache .mypy_cache .ruff_cache .hypothesis
