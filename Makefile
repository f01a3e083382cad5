# Everything starts from a bare python3. Each target sets up what it needs and skips what is up to date.
PYTHON ?= $(shell python3 -c '' 2>/dev/null && echo python3 || echo /usr/bin/python3)
PY := .venv/bin/python
.DEFAULT_GOAL := help
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONWARNINGS := ignore
.PHONY: help run setup test train shell evaluate replay mutate diff-rules bench bench-console rulebook pull-corrections lint size screenshots clean

help: ## list these targets (rarely used ones, with one #, are left out)
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 28

run: train ## set up and start everything; open http://127.0.0.1:8000
	@$(PYTHON) -m scripts.website
	@$(PYTHON) -m scripts.serve

setup: ## install both environments from their locks
	@$(PYTHON) -m scripts.environments

train: setup ## train the assistant, if it is older than its data or knowledge
	@$(PYTHON) -m scripts.training

test: setup ## run every check (what CI runs)
	@$(PYTHON) -m scripts.check

lint: setup ## format and check the style of all Python
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

shell: train ## talk to the assistant in the terminal
	@$(PYTHON) -m scripts.shell

evaluate: train ## measure on our cases, or KIND=safety|nlu|patients|semigran|clinc FILE= OUT=, or WRITE=calibration
	@$(PY) -m evaluation.run $(if $(KIND),--kind "$(KIND)") $(if $(FILE),--file "$(FILE)") $(if $(OUT),--out "$(OUT)") $(if $(WRITE),--write "$(WRITE)") $(if $(BASELINES),--baselines)

mutate: setup ## weaken each flag, cue and override in turn; a test must notice every time
	@$(PY) -m evaluation.mutate

diff-rules: setup # show which descriptions and messages get another level than at BASE=<commit>
	@$(PY) -m evaluation.diff_rules $(if $(BASE),--base "$(BASE)")

bench: train ## measure speed and memory against Rasa's starter pipeline
	@$(PY) -m benchmarks.run

replay: setup ## hold past conversations again with a candidate: MODEL=models/candidate.tar.gz LAST=1000
	@$(PYTHON) -m scripts.replay $(if $(MODEL),--model "$(MODEL)") $(if $(LAST),--last $(LAST))

pull-corrections: setup ## write examples that were approved in the console into the working tree, or FILE=
	@$(PY) -m corrections.pull $(if $(FILE),--file "$(FILE)")

bench-console: setup # measure staff's pages with SIZE conversations (a million) in DATABASE=postgresql|sqlite (100,000)
	@PYTHONPATH=. web/.venv/bin/python -m benchmarks.console.run $(or $(SIZE),$(if $(filter sqlite,$(DATABASE)),100000,1000000)) $(or $(DATABASE),postgresql)

rulebook: setup ## write every rule with its source to var/rulebook.html, to read, print and sign
	@$(PY) -m scripts.rulebook

size: # print the weight of the chat (JS and CSS, gzip); above 15 KB it fails
	@$(PYTHON) -m scripts.size

screenshots: train # take the pictures of the README
	@$(PYTHON) -m scripts.stack -- web/.venv/bin/python scripts/screenshots.py

clean: ## remove models, databases and caches; the environments stay
	@rm -rf models .rasa results var .pytest_cache .mypy_cache .ruff_cache .hypothesis
