"""问题分类和来源渠道 as ledgers call them: words, and the words that stand for others."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from data_access.database import reading
from data_access.schema.items import items
from data_access.schema.registers import terms
from supervision.vocabulary import Worded


class TermKind(Worded):
    """Which column of a ledger the word stands in."""

    CATEGORY = "category", "问题分类"
    ORIGIN = "origin", "来源渠道"


COLUMN_OF = {TermKind.CATEGORY: items.c.category_id, TermKind.ORIGIN: items.c.origin_id}


@dataclass(frozen=True, slots=True)
class Term:
    """A word in use, how many items bear it, and which words of ledgers mean it too."""

    id: int
    name: str
    items: int
    also: tuple[str, ...]


def dictionary(engine: Engine, *, kind: TermKind) -> list[Term]:
    """The words of one kind, the most used first."""
    column = COLUMN_OF[kind]
    with reading(engine) as connection:
        rows = connection.execute(
            select(terms).where(terms.c.kind == kind.value).order_by(terms.c.name)
        ).all()
        used: dict[int, int] = {}
        for key, count in connection.execute(
            select(column, func.count()).where(column.is_not(None)).group_by(column)
        ):
            used[key] = count
    also: dict[int, list[str]] = {}
    for row in rows:
        if row.stands_for_id is not None:
            also.setdefault(row.stands_for_id, []).append(row.name)
    words = [
        Term(row.id, row.name, used.get(row.id, 0), tuple(also.get(row.id, ())))
        for row in rows
        if row.stands_for_id is None
    ]
    return sorted(words, key=lambda term: (-term.items, term.name))
