# Two commands: `make run` and `make test`. The rest is behind them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Wheels only: a machine without a compiler gets a clear refusal instead of a failed build.
INSTALL := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# The lock names all there is: nothing has to be resolved.
LOCKED := $(INSTALL) --require-hashes --only-binary :all: --no-deps -r
THIS_TREE := $(INSTALL) --no-deps --no-build-isolation --editable .
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header
# A file of tests stays in one process: what a process remembers is remembered in turn. All
# processes must name the tests alike, so sets must print alike. One process more than cores: a
# test in a browser waits for it; each further one costs its start. Types are looked at meanwhile.
PROCESSES = $(shell $(BIN)/python -c 'import os; print(min(4, len(os.sched_getaffinity(0)) + 1))')
SIDE_BY_SIDE = --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder
ALIKE := PYTHONHASHSEED=0
TASKS := help run test audit format metrics lock
.PHONY: $(TASKS)
.DEFAULT_GOAL := help
# Where it is set, every process compiles all it imports anew: the tests start hundreds.
unexport PYTHONDONTWRITEBYTECODE

help: ## 列出命令
	@sed -n 's/^\([a-z]*\):.*## /make \1  /p' Makefile

# DUBAN_DATABASE_URL and the other DUBAN_… settings reach the program through the environment,
# whether they were exported or written behind `make run`.
run: $(VENV)/ready-to-run ## 启动看板：http://127.0.0.1:8501 （AS_OF=2026-11-20 以该日为“今天”）
	@$(BIN)/python -m dashboard.commands serve $(if $(AS_OF),--as-of $(AS_OF))

test: $(VENV)/ready-to-test ## 格式、规范、类型、房间边界、全部测试
	@.ci/browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	@$(BIN)/mypy > $(VENV)/types.txt 2>&1 & types=$$!; \
	$(ALIKE) $(BIN)/python -m pytest $(SIDE_BY_SIDE); tests=$$?; \
	wait $$types; types=$$?; cat $(VENV)/types.txt; exit $$((tests + types))

audit: $(VENV)/ready-to-test ## 依赖的已知漏洞
	@.ci/audit

format: $(VENV)/ready-to-test ## 整理格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

metrics: $(VENV)/ready-to-test ## 由指标登记重写 docs/metrics.md
	$(BIN)/python -m tests.metrics_page > docs/metrics.md.new
	mv docs/metrics.md.new docs/metrics.md

# One lock for every supported Python; it names no host. The program's own lock is cut from the
# developers', so that what is tested is what is served.
lock: $(VENV)/ready-to-test ## 由 pyproject.toml 重写锁文件
	$(LOCK) --extra dev --output-file requirements-dev.txt
	$(LOCK) --constraint requirements-dev.txt --output-file requirements.txt

# A half-made environment (an interrupted first start) is made anew.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo '需要 Python 3.11 或更新版本。' >&2; exit 1; }
	@echo '正在建立运行环境……'
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/ready-to-run: requirements.txt pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo '正在安装依赖，首次约需一两分钟……'
	@$(LOCKED) requirements.txt
	@$(THIS_TREE)
	@touch $@

$(VENV)/ready-to-test: requirements-dev.txt pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo '正在安装开发依赖，首次约需两分钟……'
	@# Compiling what no test imports costs a third of the installation.
	@$(LOCKED) requirements-dev.txt --no-compile
	@$(THIS_TREE)
	@touch $@
