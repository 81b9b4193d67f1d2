"""What the city decided for itself, as it is kept: every version, and what holds on a day.

`data_access.writes.city_rule` decides; `supervision.city_rules` knows what may be decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from data_access import clock
from data_access.database import reading
from data_access.schema.accounts import accounts
from data_access.schema.items import items
from data_access.schema.registers import terms
from data_access.schema.rules import rule_versions
from supervision.audit_words import actor_told
from supervision.city_rules import (
    CATEGORY,
    CITY_RULES,
    CONVENTION,
    EXAMPLES,
    RuleBook,
    RuleVersion,
)
from supervision.deadlines import Limit
from supervision.satisfaction import EXAMPLE, Points
from supervision.working_days import Convention

OF_ALL = "全部事项"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule for one kind of item as it stands: for commands and for the page."""

    name: str
    subject: str
    label: str
    kind: str
    """全部事项, or the category or origin it holds for."""
    value: str
    words: str
    allowed: str
    valid_from: date | None
    """None: the program's own value, the city has not decided."""
    basis: str
    planned: tuple[RuleVersion, ...]
    """Versions that come into force later."""
    planned_words: tuple[str, ...]
    newest_id: int
    """The last version decided, which a new decision must have seen."""

    @property
    def full_label(self) -> str:
        """The rule, with the kind of item it holds for where that is not every item."""
        return full_label(self.label, self.subject, self.kind)


@dataclass(frozen=True, slots=True)
class DecidedRule:
    """One version of a rule: what was decided, from when, by what basis, by whom and when."""

    label: str
    subject: str
    kind: str
    words: str
    valid_from: date
    basis: str
    who: str
    at: datetime | None

    @property
    def full_label(self) -> str:
        """The rule, with the kind of item it holds for where that is not every item."""
        return full_label(self.label, self.subject, self.kind)


def full_label(label: str, subject: str, kind: str) -> str:
    """反馈期限, or 反馈期限（分类“咨询”）."""
    return f"{label}（{kind}）" if subject else label


def rule_book(connection: Connection) -> RuleBook:
    """Every version ever decided."""
    rows = connection.execute(select(rule_versions).order_by(rule_versions.c.id))
    return RuleBook.of(
        RuleVersion(row.name, row.subject, row.value, row.valid_from, row.basis, row.decided_by,
                    row.decided_at, row.id)
        for row in rows
        if row.name in CITY_RULES
    )  # fmt: skip


def deadline_convention(connection: Connection) -> Convention:
    """Which day of a limit is the first, for deadlines given today."""
    newest = (
        select(rule_versions.c.value)
        .where(rule_versions.c.name == CONVENTION, rule_versions.c.valid_from <= clock.today())
        .order_by(rule_versions.c.valid_from.desc(), rule_versions.c.id.desc())
        .limit(1)
    )
    return Convention(connection.execute(newest).scalar() or Convention.DAY_AFTER)


def satisfaction_points(connection: Connection) -> tuple[Points, ...]:
    """满意度得分: every dated set of the city, oldest first; none until it decides."""
    return rule_book(connection).points()


def known_rules(engine: Engine) -> RuleBook:
    """The same for those who hold no connection."""
    with reading(engine) as connection:
        return rule_book(connection)


def city_rules(engine: Engine, *, on: date) -> list[RuleLine]:
    """Every rule as it stands on a day, with those of single categories and origins."""
    with reading(engine) as connection:
        book, names = rule_book(connection), kind_names(connection)
    return [
        rule_line(book, name, subject, on=on, names=names)
        for name in CITY_RULES
        for subject in ("", *book.subjects(name))
    ]


def city_rule(engine: Engine, name: str, subject: str, *, on: date) -> RuleLine:
    """One rule as it stands on a day."""
    with reading(engine) as connection:
        book, names = rule_book(connection), kind_names(connection)
    return rule_line(book, name, subject, on=on, names=names)


def decided_rules(engine: Engine, *, name: str | None = None) -> tuple[DecidedRule, ...]:
    """What was ever decided, about one rule or all, the newest first."""
    with reading(engine) as connection:
        book, names = rule_book(connection), kind_names(connection)
        people = dict(connection.execute(select(accounts.c.login, accounts.c.name)).all())
    return tuple(
        DecidedRule(
            label=CITY_RULES[one.name].label,
            subject=one.subject,
            kind=kind_named(names, one.subject),
            words=value_told(one.name, one.value),
            valid_from=one.valid_from,
            basis=one.basis,
            who=actor_told(one.decided_by, people.get(one.decided_by)),
            at=one.decided_at,
        )
        for one in sorted(book.versions, key=lambda one: one.id, reverse=True)
        if name in (None, one.name)
    )


def limit_of_items(engine: Engine, item_ids: Sequence[int], *, on: date) -> Limit:
    """The limit these items get when assigned on a day; that of all items where kinds differ."""
    with reading(engine) as connection:
        book = rule_book(connection)
        kinds = connection.execute(
            select(items.c.category_id, items.c.origin_id)
            .where(items.c.id.in_(item_ids))
            .distinct()
        ).all()
    limits = {book.limit(on, category, origin) for category, origin in kinds}
    return limits.pop() if len(limits) == 1 else book.limit(on)


def kinds_in_use(engine: Engine) -> dict[str, str]:
    """Categories and origins that a rule may be made for: subject → its name."""
    with reading(engine) as connection:
        return kind_names(connection, in_use=True)


def kind_names(connection: Connection, *, in_use: bool = False) -> dict[str, str]:
    """Subject of a rule → the category or origin as people read it.

    With `in_use` without the words that stand for others.
    """
    asked = select(terms.c.id, terms.c.kind, terms.c.name).order_by(terms.c.kind, terms.c.name)
    known = connection.execute(asked.where(terms.c.stands_for_id.is_(None)) if in_use else asked)
    return {
        f"{row.kind}:{row.id}": f"{'分类' if row.kind == CATEGORY else '来源'}“{row.name}”"
        for row in known
    }


def kind_named(names: Mapping[str, str], subject: str) -> str:
    """Whom a rule holds for, in Chinese."""
    return names.get(subject, "已删除的类别") if subject else OF_ALL


def rule_line(
    book: RuleBook, name: str, subject: str, *, on: date, names: Mapping[str, str]
) -> RuleLine:
    """One rule as it stands on a day."""
    rule, found = CITY_RULES[name], book.version(name, on, subject)
    value = book.value(name, on, subject)
    decided = [one for one in book.versions if (one.name, one.subject) == (name, subject)]
    planned = tuple(one for one in decided if one.valid_from > on)
    return RuleLine(
        name=name,
        subject=subject,
        label=rule.label,
        kind=kind_named(names, subject),
        value=value,
        words=value_told(name, value, decided=found is not None),
        allowed=rule.value.allowed,
        valid_from=found.valid_from if found else None,
        basis=found.basis if found else "",
        planned=planned,
        planned_words=tuple(value_told(name, one.value) for one in planned),
        newest_id=max((one.id for one in decided), default=0),
    )


def value_told(name: str, value: str, *, decided: bool = True) -> str:
    """A value as a sentence; an empty one of a kind follows the rule of all items."""
    if not value:
        return f"与{OF_ALL}相同"
    told = CITY_RULES[name].value.told(value)
    if name in EXAMPLES and not decided:
        return f"{EXAMPLE.source}（本市尚未规定）：{told}"
    return told
