"""Deciding a rule of the city: shown first what it would move, then kept with its day and basis."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, Engine, insert, select

from data_access import clock
from data_access.calendar_store import current_calendar, current_calendar_version
from data_access.city_rules import full_label, kind_named, kind_names, rule_book, value_told
from data_access.database import Transaction, rehearsing, transaction
from data_access.facts import facts
from data_access.rule_effects import ListChange, lists_changed, waiting
from data_access.schema.accounts import accounts
from data_access.schema.registers import terms
from data_access.schema.rules import rule_versions
from data_access.writes.in_line import WAIT_MS, told_when_busy
from data_access.writes.open_deadlines import Movement, move_open_deadlines
from data_access.writes.record_audit import record_audit
from data_access.writes.rule_recount import recount_by
from supervision.audit_words import actor_told
from supervision.city_rules import CITY_RULES, EXAMPLES, RuleBook, RuleVersion
from supervision.scope import Viewer

LONGEST_BASIS = 200


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule decided anew: for which kind, which value, from which day, by what basis.

    `to_open` counts the deadlines of open items again; without it they stay as they were given.
    `seen_id` is the last version that was on the page (RuleLine.newest_id).
    """

    name: str
    value: str
    valid_from: date
    basis: str
    subject: str = ""
    to_open: bool = False
    seen_id: int | None = None


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a change moves: deadlines, and lists that grow or shrink today."""

    label: str
    before: str
    after: str
    valid_from: date
    to_open: bool
    movement: Movement = field(default_factory=Movement)
    lists: tuple[ListChange, ...] = ()


class RuleRefused(ValueError):
    """The rule or its value is none, or somebody was faster; the sentence says what may be."""


def rehearse_rule(engine: Engine, wanted: RuleChange, *, viewer: Viewer, as_of: date) -> RuleEffect:
    """What deciding it would move, found by doing it and undoing it; stores nothing.

    Raises RuleRefused, StoreBusy.
    """
    now = facts(engine).moment(as_of)
    with told_when_busy(), rehearsing(engine) as change:
        connection = change.connection
        before = waiting(connection, wanted.name, now)
        effect = _applied(change, wanted, viewer, as_of)
        after = waiting(connection, wanted.name, now)
        book = rule_book(connection)
    lists = lists_changed(engine, wanted.name, book, as_of=as_of)
    if before is not None and after is not None:
        lists += (ListChange(before[0], before[1], after[1]),)
    return replace(effect, lists=lists)


def decide_rule(engine: Engine, wanted: RuleChange, *, viewer: Viewer, as_of: date) -> RuleEffect:
    """Decide it. Raises RuleRefused, StoreBusy."""
    with told_when_busy(), transaction(engine, wait_ms=WAIT_MS) as change:
        return _applied(change, wanted, viewer, as_of)


def _applied(change: Transaction, wanted: RuleChange, viewer: Viewer, as_of: date) -> RuleEffect:
    connection = change.connection
    before = rule_book(connection)
    _refuse(connection, before, wanted, viewer, as_of)
    _keep(change, wanted, viewer)
    after = rule_book(connection)
    was = before.version(wanted.name, wanted.valid_from, wanted.subject)
    old = before.value(wanted.name, wanted.valid_from, wanted.subject)
    kind = kind_named(kind_names(connection), wanted.subject)
    told = {"rule": wanted.name, "kind": kind}
    record_audit(
        change, viewer, act="set_rule", entity="setting", entity_id=0,
        before={**told, "value": value_told(wanted.name, old, decided=was is not None),
                "valid_from": was.valid_from.isoformat() if was else None},
        after={**told, "value": value_told(wanted.name, wanted.value),
               "valid_from": wanted.valid_from.isoformat(),
               **({"to_open": True} if wanted.to_open else {})},
        reason=wanted.basis.strip(),
    )  # fmt: skip
    movement = Movement()
    if wanted.to_open:
        calendar = current_calendar(connection)
        movement = move_open_deadlines(
            change, recount_by(wanted.name, before, after, calendar, as_of=as_of),
            viewer=viewer, as_of=as_of, calendar_version=current_calendar_version(connection),
            reason=wanted.basis.strip(),
        )  # fmt: skip
    label = full_label(CITY_RULES[wanted.name].label, wanted.subject, kind)
    return RuleEffect(
        label, value_told(wanted.name, old, decided=was is not None),
        value_told(wanted.name, wanted.value), wanted.valid_from, wanted.to_open, movement,
    )  # fmt: skip


def _keep(change: Transaction, wanted: RuleChange, viewer: Viewer) -> None:
    change.connection.execute(
        insert(rule_versions).values(
            name=wanted.name,
            subject=wanted.subject,
            value=wanted.value,
            valid_from=wanted.valid_from,
            basis=wanted.basis.strip(),
            decided_by=viewer.account,
            decided_at=clock.now(),
            change_number=change.change,
        )
    )


def _refuse(
    connection: Connection, book: RuleBook, wanted: RuleChange, viewer: Viewer, as_of: date
) -> None:
    rule = CITY_RULES.get(wanted.name)
    if rule is None:
        known = "、".join(CITY_RULES)
        raise RuleRefused(f"没有“{wanted.name[:40]}”这项规则，可用的有 {known}。")
    if not viewer.scope.everything:
        raise RuleRefused("本市规则由可见全市的人员调整，您的可见范围不是全市。")
    if wanted.subject and not (rule.by_kind and _is_kind(connection, wanted.subject)):
        raise RuleRefused(f"{rule.label}不能为这一类单独规定。")
    if not rule.value.is_one(wanted.value) and not (wanted.subject and not wanted.value):
        said = wanted.value[:40]
        raise RuleRefused(f"{rule.label}不能是“{said}”，可以写：{rule.value.allowed}。")
    basis = wanted.basis.strip()
    if not basis or not basis.isprintable() or len(basis) > LONGEST_BASIS:
        raise RuleRefused(f"请写明依据（文件、会议或批示），1 到 {LONGEST_BASIS} 个字。")
    _refuse_day(book, wanted, as_of)
    _refuse_stale(connection, book, wanted)
    if book.value(wanted.name, wanted.valid_from, wanted.subject) == wanted.value and (
        book.version(wanted.name, wanted.valid_from, wanted.subject) is not None
        or wanted.name not in EXAMPLES
    ):
        raise RuleRefused(f"{rule.label}在这一天已经是这样规定的，没有改动。")


def _refuse_day(book: RuleBook, wanted: RuleChange, as_of: date) -> None:
    first_of_an_example = wanted.name in EXAMPLES and not book.all_of(wanted.name)
    if wanted.valid_from < as_of and not first_of_an_example:
        raise RuleRefused(
            f"规则从今天（{as_of:%Y-%m-%d}）或以后的日期起实施；"
            "以前的日期已经按原来的规则统计，不再改动。"
        )
    if wanted.to_open and not CITY_RULES[wanted.name].moves_deadlines:
        raise RuleRefused("这项规则不改变已经给出的期限。")
    if wanted.to_open and wanted.valid_from != as_of:
        raise RuleRefused("适用于在办事项的调整从今天起实施，请把实施日期改为今天。")


def _refuse_stale(connection: Connection, book: RuleBook, wanted: RuleChange) -> None:
    newest = _newest(book, wanted)
    if wanted.seen_id is None or newest is None or newest.id == wanted.seen_id:
        return
    told = value_told(wanted.name, newest.value)
    name = connection.execute(
        select(accounts.c.name).where(accounts.c.login == newest.decided_by)
    ).scalar()
    who = actor_told(newest.decided_by, name)
    raise RuleRefused(
        f"这项规则刚由{who}定为“{told}”（自 {newest.valid_from:%Y-%m-%d} 起），请看过后再调整。"
    )


def _newest(book: RuleBook, wanted: RuleChange) -> RuleVersion | None:
    own = [one for one in book.all_of(wanted.name) if one.subject == wanted.subject]
    return max(own, key=lambda one: one.id, default=None)


def _is_kind(connection: Connection, subject: str) -> bool:
    kind, _, key = subject.partition(":")
    if not key.isascii() or not key.isdigit() or len(key) > 9:
        return False
    found = select(terms.c.id).where(
        terms.c.id == int(key), terms.c.kind == kind, terms.c.stands_for_id.is_(None)
    )
    return connection.execute(found).first() is not None
