"""A question to the store that names no scope is refused by the type checker."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]

WITHOUT_A_SCOPE = """
from datetime import date
from sqlalchemy import Engine
from data_access.facts import Facts
from data_access.filters import Filters
from data_access.ledger_import.plan import plan_import
from data_access.reads.accountability_register import accountability_register
from data_access.reads.batch_undo import batch_undo
from data_access.reads.choices import choices
from data_access.reads.alike import alike
from data_access.reads.class_matters import (
    class_matters_seen, items_numbered, matter_of_item,
)
from data_access.reads.commitments import (
    commitments, commitments_of_item, commitments_told, session_plan,
)
from data_access.reads.common_problems import common_problems
from data_access.reads.deadlines import deadlines
from data_access.reads.departments import department, departments
from data_access.reads.desk import desk, desk_items, reassign_candidates
from data_access.reads.figures import figure_counts, figure_values, told_figures
from data_access.reads.form_choices import case_leaders, form_choices
from data_access.reads.history import item_history
from data_access.reads.hotline import hotline
from data_access.reads.imports import import_batch, import_batch_list
from data_access.reads.beside import beside_item, first_receivers_open
from data_access.reads.item_acts import item_acts_of, rounds_held
from data_access.reads.items import described_items, item_page, item_rows
from data_access.reads.notice_papers import notice_lines, notice_papers
from data_access.reads.merged import merged_items
from data_access.reads.overview import overview
from data_access.reads.proposed_notices import proposed_notices
from data_access.reads.programme_origins import entry_origins, programme_batch_list
from data_access.reads.programmes import programme, programmes
from data_access.reads.quality import quality, quality_rows
from data_access.reads.return_lists import return_count, return_list
from data_access.reads.satisfaction import satisfaction
from data_access.reads.sessions import session_items, sessions
from data_access.reads.township_items import township_items
from data_access.reads.townships import townships
from data_access.reads.trends import trends
from data_access.reads.waiting import (
    notices, waiting_extensions, waiting_flags, waiting_returns,
)
from supervision.quality import QualityList
from supervision.return_sheets import ReturnSheet
from supervision.spans import Step
from supervision.worklists import DeskList

def ask(engine: Engine, day: date, facts: Facts) -> None:
    choices(engine, as_of=day)
    figure_counts(engine, as_of=day)
    figure_values(engine, as_of=day)
    told_figures(engine, as_of=day)
    item_history(engine, as_of=day, item_id=1)
    import_batch(engine, as_of=day, batch_id=1)
    import_batch_list(engine, as_of=day)
    batch_undo(engine, as_of=day, batch_id=1)
    described_items(engine, as_of=day, item_ids=(1,))
    item_page(engine, as_of=day, filters=Filters())
    item_rows(engine, as_of=day, filters=Filters())
    overview(engine, as_of=day)
    satisfaction(engine, as_of=day)
    common_problems(engine, as_of=day)
    alike(engine, as_of=day)
    class_matters_seen(engine, as_of=day)
    matter_of_item(engine, as_of=day, item_id=1)
    items_numbered(engine, as_of=day, numbers=("A",))
    hotline(engine, as_of=day)
    sessions(engine, as_of=day)
    commitments(engine, as_of=day)
    commitments_of_item(engine, as_of=day, item_id=1)
    commitments_told(engine, as_of=day)
    session_plan(engine, as_of=day, session_id=1)
    trends(engine, as_of=day, step=Step.MONTH)
    session_items(engine, as_of=day, session_id=1)
    departments(engine, as_of=day)
    department(engine, as_of=day, department_id=1)
    deadlines(engine, as_of=day)
    form_choices(engine, as_of=day)
    case_leaders(engine, as_of=day)
    quality(engine, as_of=day)
    quality_rows(engine, as_of=day, slug=QualityList.VANISHED)
    return_count(engine, as_of=day, kind=ReturnSheet.CALLBACK, filters=Filters())
    return_list(engine, as_of=day, kind=ReturnSheet.CALLBACK, filters=Filters())
    desk(engine, as_of=day)
    desk_items(engine, as_of=day, slug=DeskList.CO_SILENT)
    reassign_candidates(engine, as_of=day)
    merged_items(engine, as_of=day, item_id=1)
    beside_item(engine, as_of=day, item_id=1)
    first_receivers_open(engine, as_of=day)
    item_acts_of(engine, as_of=day, item_id=1)
    rounds_held(engine, as_of=day, item_id=1)
    waiting_flags(engine, as_of=day)
    waiting_extensions(engine, as_of=day)
    waiting_returns(engine, as_of=day)
    notices(engine, as_of=day)
    proposed_notices(engine, as_of=day)
    notice_lines(engine, as_of=day, states=())
    notice_papers(engine, as_of=day, notice_ids=(1,))
    accountability_register(engine, as_of=day)
    programmes(engine, as_of=day, filters=Filters())
    programme(engine, as_of=day, filters=Filters(), name="a")
    programme_batch_list(engine, as_of=day, name="a")
    entry_origins(engine, as_of=day, entry_id=1)
    townships(engine, as_of=day)
    township_items(engine, as_of=day, filters=Filters())
    facts.seen_by(moment=facts.moment(day))
    item_rows(engine, as_of=day, filters=Filters(), scope=None)
"""


def test_a_read_without_a_scope_does_not_type_check(tmp_path: Path):
    asked = tmp_path / "asked.py"
    asked.write_text(WITHOUT_A_SCOPE, encoding="utf-8")
    # The project's own cache: `make test` has looked at everything else already.
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(PROJECT / "pyproject.toml"),
         str(asked)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = WITHOUT_A_SCOPE.splitlines()
    first = next(n for n, line in enumerate(lines, 1) if line.startswith("def ask")) + 1
    refused = {int(line.split(":")[1]) for line in told.stdout.splitlines() if ": error:" in line}
    assert refused == set(range(first, len(lines) + 1)), told.stdout + told.stderr
    assert told.stdout.count('"scope"') == len(refused)


def test_every_read_of_the_store_is_asked_about_in_that_snippet():
    reads_folder = PROJECT / "data_access" / "reads"
    public = {
        function.name
        for path in reads_folder.glob("*.py")
        for function in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and "engine" in {argument.arg for argument in function.args.args}
    }
    assert len(public) >= 11
    assert {name for name in public if f"    {name}(" not in WITHOUT_A_SCOPE} == set()
