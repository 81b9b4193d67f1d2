"""The auditor's page: sentences, filters, the chain's state, and nothing of any item."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from data_access.accounts.known import LOCAL
from data_access.audit_reading import (
    AuditFilters,
    audit_choices,
    audit_count,
    audit_entries,
    audit_page,
)
from data_access.audit_trail import verified_chain
from data_access.database import recording
from data_access.ledger_import.apply import store_import
from data_access.schema.base import audit
from data_access.writes.export import Export, record_export
from supervision.audit_words import ACT_WORDS, OTHER_ACT, act_told
from supervision.rights import NotPermitted
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import Satisfaction
from tests.acting import flagged
from tests.deciding import decide
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

PROJECT = Path(__file__).parents[2]
AUDITOR = Viewer("auditor", "审计", frozenset({Role.AUDITOR}), Scope())


def acts_that_the_code_writes() -> set[str]:
    """Texts that are handed over as an act anywhere in the program."""
    found: set[str] = set()
    for room in ("data_access", "dashboard"):
        for path in sorted((PROJECT / room).rglob("*.py")):
            found |= set(_acts(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _acts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [key.value for key in node.keywords if key.arg == "act"]
            if name in {"AuditRow", "_audit"}:
                given += node.args[2:3]
        elif isinstance(node, ast.Assign):
            targets = {getattr(target, "id", "") for target in node.targets}
            given = [node.value] if targets & {"act", "ACT"} else []
        elif isinstance(node, ast.FunctionDef) and node.name == "_told":
            given = [
                line.value.elts[0]
                for line in ast.walk(node)
                if isinstance(line, ast.Return) and isinstance(line.value, ast.Tuple)
            ]
        for value in given:
            yield from _texts(value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_act_that_the_code_writes_has_chinese_words():
    written = acts_that_the_code_writes()
    assert {"register", "reassign", "import_ledger", "login", "export", "set_rule"} <= written
    assert sorted(written - set(ACT_WORDS)) == []


def test_an_act_that_nobody_knows_is_shown_as_another_act():
    assert act_told("beam_up") == OTHER_ACT


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A store in which an item was registered, updated and flagged, with words about people."""
    secret = "王小明家门口积水，电话13800138000"
    store_import(engine, judged_ledger(ledger_row(row=3, title="门口积水", content=secret)),
                 viewer=SUPERVISOR, as_of=TODAY)  # fmt: skip
    again = ledger_row(
        row=3, title="门口积水", content=secret, feedback_text="已告知王小明",
        closed_on=date(2026, 11, 20), satisfaction=Satisfaction.DISSATISFIED.value,
    )  # fmt: skip
    store_import(engine, judged_ledger(again), viewer=SUPERVISOR, as_of=TODAY)
    flagged(engine, {1: 2}, words="王小明不满意")
    return engine


def test_rows_are_sentences_with_old_and_new_values(told: Engine):
    page = audit_page(told, AuditFilters(), viewer=AUDITOR)
    updated = next(entry for entry in page.entries if entry.act == "按台账更新事项")
    assert updated.sentence == "按台账更新事项：事项 1"
    assert "办结日期：（空） → 2026-11-20" in updated.changes
    assert [entry.id for entry in page.entries] == sorted(
        (entry.id for entry in page.entries), reverse=True
    )


def test_neither_residents_nor_what_they_said_stand_in_the_trail(told: Engine):
    entries = list(audit_entries(told, AuditFilters(), viewer=AUDITOR))
    shown = repr(entries)
    assert "王小明" not in shown
    assert "积水" not in shown
    assert "13800138000" not in shown
    assert any("（文字 6 字）" in line for entry in entries for line in entry.changes)


def test_filters_leave_what_they_say(told: Engine):
    record_export(told, Export("督办事项清单", ["县(区)：东源县"], 7, "a.xlsx"), viewer=SUPERVISOR)

    def count(**wanted: object) -> int:
        return audit_count(told, AuditFilters(**wanted), viewer=AUDITOR)  # type: ignore[arg-type]

    assert count(act="export") == 1
    assert count(actor="nobody") == 0
    assert count(entity="export", actor=SUPERVISOR.account) == 1
    assert count(batch=1) == 2
    assert count(item="MDM-0003") == count(item="1") == count(entity="item") > 2
    assert count(item="MDM-0004") == count(item="9" * 30) == 0
    assert count(last=date(2000, 1, 1)) == 0
    assert count(first=date(2000, 1, 1)) == count()
    assert "export" in audit_choices(told, viewer=AUDITOR).acts


def test_pages_are_turned_by_key_without_gap_or_repeat(told: Engine):
    seen: list[int] = []
    before = None
    while True:
        page = audit_page(told, AuditFilters(), viewer=AUDITOR, before=before, size=2)
        seen += [entry.id for entry in page.entries]
        before = page.older
        if before is None:
            break
    assert seen == list(range(max(seen), 0, -1))


def test_whoever_may_not_audit_is_told_nothing(told: Engine):
    for ask in (audit_page, audit_count):
        with pytest.raises(NotPermitted, match="审计员"):
            ask(told, AuditFilters(), viewer=SUPERVISOR)
    with pytest.raises(NotPermitted):
        list(audit_entries(told, AuditFilters(), viewer=SUPERVISOR))
    with pytest.raises(NotPermitted):
        audit_choices(told, viewer=SUPERVISOR)


def test_an_export_is_a_sentence_with_filter_and_count(engine: Engine):
    record_export(engine, Export("督办事项清单", ["县(区)：东源县"], 7, "a.xlsx"), viewer=LOCAL)
    entry = audit_page(engine, AuditFilters(), viewer=AUDITOR).entries[0]
    assert entry.who == "本机命令"
    assert entry.sentence == "导出"
    assert entry.changes == (
        "名单：督办事项清单",
        "筛选：县(区)：东源县",
        "行数：7",
        "文件：a.xlsx",
    )


def test_a_rule_that_was_decided_is_a_sentence_with_before_after_and_basis(engine: Engine):
    decide(engine, "due_soon_working_days", "5", basis="市委办〔2026〕18号")
    entry = audit_page(engine, AuditFilters(), viewer=AUDITOR).entries[0]
    assert (entry.sentence, entry.reason) == ("调整本市规则", "市委办〔2026〕18号")
    assert entry.changes == (
        "规则：临期的工作日数",
        "适用于：全部事项",
        "规定：3个工作日内到期（含当日）为临期 → 5个工作日内到期（含当日）为临期",
        "起：（空） → 2026-11-25",
    )


def test_an_export_of_no_rows_says_that_there_were_none(engine: Engine):
    record_export(engine, Export("督办事项清单", [], 0, "a.xlsx"), viewer=LOCAL)
    entry = audit_page(engine, AuditFilters(), viewer=AUDITOR).entries[0]
    assert entry.changes[1:3] == ("筛选：不限", "行数：0")


def test_the_trail_stays_whole_through_all_of_it(told: Engine):
    assert verified_chain(told).fault is None


def test_the_trail_refuses_to_be_rewritten(told: Engine):
    with pytest.raises(Exception, match="audit"), recording(told) as change:
        change.connection.execute(update(audit).values(actor="else"))
