"""Lists of the page 数据质量 that the facts do not tell: (item, why) from the store.

`seen` are the items of the scope; nothing is counted or told of others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import polars as pl
from sqlalchemy import Connection, and_, exists, func, or_, select

from data_access.figures import COUNTED
from data_access.schema.imports import import_batches, import_flags, raw_rows
from data_access.schema.items import feedback, items, rounds
from data_access.schema.supervision import item_acts
from supervision.lifecycle import Act
from supervision.quality import LEAST_REPLY, SAME_REPLIES, QualityList
from supervision.return_sheets import ReturnSheet
from supervision.vocabulary import OPEN_STATES, OUT_OF_COUNT, ItemState

Found = Iterable[tuple[int, str]]
Question = Callable[[Connection, pl.DataFrame], Found | pl.DataFrame]
BLOCK = 20_000
SHOWN_OF_REPLY = 12
PLACE_CODES = ("county-unknown", "county-several", "county-township-contradiction",
               "township-doubtful")  # fmt: skip
_HERE = and_(rounds.c.item_id == items.c.id, rounds.c.round_no == items.c.current_round)
_OPEN = [str(state) for state in sorted(OPEN_STATES)]
_COUNTED = items.c.state.not_in([str(state) for state in sorted(OUT_OF_COUNT)])


def _ids(seen: pl.DataFrame) -> set[int]:
    return set(seen["item_id"].to_list())


def _misplaced(connection: Connection) -> set[int]:
    """Open items without a township whose ledger named a place that is not in the register."""
    question = (
        select(import_flags.c.item_id)
        .join(items, items.c.id == import_flags.c.item_id)
        .where(
            import_flags.c.code.in_(PLACE_CODES), items.c.township_code.is_(None),
            items.c.state.in_(_OPEN),
        )
        .distinct()
    )  # fmt: skip
    return set(connection.execute(question).scalars())


def _unknown_place(connection: Connection, _seen: pl.DataFrame) -> Found:
    return ((key, "台账写的地名在名录里找不到") for key in sorted(_misplaced(connection)))


def _unlocated(connection: Connection, seen: pl.DataFrame) -> Found:
    told = _misplaced(connection)
    nowhere = seen.filter(
        pl.col("township_code").is_null() & pl.col("item_state").cast(pl.String).is_in(_OPEN)
    )
    return (
        (key, "台账没有写到镇（街）")
        for key in nowhere["item_id"].unique(maintain_order=True).to_list()
        if key not in told
    )


def _duplicates(connection: Connection, seen: pl.DataFrame) -> Found:
    mine, found = _ids(seen), dict[int, str]()
    same_number = ~items.c.number_is_row_number
    for column, told, extra in (
        (items.c.fingerprint, "内容与地点相同", ()),
        (items.c.number, "编号相同", (same_number,)),
    ):
        for group in _groups(connection, column, extra, mine):
            for key, _, state in group:
                if state in _OPEN:
                    others = [str(n or f"第{k}号") for k, n, _ in group if k != key]
                    more = "等" if len(others) > 2 else ""
                    found.setdefault(key, f"与 {'、'.join(others[:2])}{more} {told}")
    similar = (
        select(import_flags.c.item_id)
        .join(items, items.c.id == import_flags.c.item_id)
        .where(import_flags.c.code == "similar-item", items.c.state.in_(_OPEN))
        .distinct()
    )
    for key in connection.execute(similar).scalars():
        found.setdefault(key, "导入时与库中另一件相近，请核对是否同一事项")
    return found.items()


def _groups(
    connection: Connection, column: Any, extra: tuple[Any, ...], mine: set[int]
) -> Iterable[list[tuple[int, str | None, str]]]:
    """Items that share the column's value inside one unit, as far as the scope sees them."""
    # Over the index alone: every other condition would look each item up.
    twice = select(column).where(column.is_not(None)).group_by(column).having(func.count() > 1)
    question = select(
        column, items.c.reporting_unit_id, items.c.id, items.c.number, items.c.state
    ).where(_COUNTED, *extra, column.in_(twice)).order_by(items.c.id)  # fmt: skip
    groups: dict[tuple[Any, int | None], list[tuple[int, str | None, str]]] = {}
    for value, unit, key, number, state in connection.execute(question):
        if key in mine:
            groups.setdefault((value, unit), []).append((key, number, state))
    return (group for group in groups.values() if len(group) > 1)


def _vanished(connection: Connection, _seen: pl.DataFrame) -> Found:
    ledgers = and_(
        import_batches.c.kind.not_in(list(ReturnSheet)), import_batches.c.undone_at.is_(None)
    )
    newest = dict(
        connection.execute(
            select(import_batches.c.sender, func.max(import_batches.c.id))
            .where(ledgers)
            .group_by(import_batches.c.sender)
            .having(func.count() > 1)
        ).all()
    )
    last = func.max(import_batches.c.id)
    question = (
        select(raw_rows.c.item_id, import_batches.c.sender, last)
        .join(import_batches, import_batches.c.id == raw_rows.c.batch_id)
        .join(items, items.c.id == raw_rows.c.item_id)
        .where(
            ledgers, items.c.state.in_(_OPEN), import_batches.c.sender.in_(sorted(newest)),
        )
        .group_by(raw_rows.c.item_id, import_batches.c.sender)
    )  # fmt: skip
    names = _file_names(connection, newest.values())
    for key, sender, batch in connection.execute(question):
        if batch < newest[sender]:
            yield key, f"最近一期《{names[newest[sender]]}》没有再报"


def _file_names(connection: Connection, batches: Iterable[int]) -> dict[int, str]:
    question = select(import_batches.c.id, import_batches.c.file_name)
    wanted = question.where(import_batches.c.id.in_(sorted(batches)))
    return dict(connection.execute(wanted).all())


def _same_reply(connection: Connection, seen: pl.DataFrame) -> pl.DataFrame:
    """Grouped here by what each text hashes to: the database takes twice as long to sort them."""
    question = (
        select(feedback.c.round_id, feedback.c.text)
        .where(feedback.c.kind == "written", func.length(feedback.c.text) >= LEAST_REPLY)
        .order_by(feedback.c.id)
    )
    keys, prints, starts = list[int](), list[int](), dict[int, str]()
    for block in connection.execute(question).partitions(BLOCK):
        for key, text in block:
            told = hash(text)
            keys.append(key)
            prints.append(told)
            if told not in starts:
                starts[told] = " ".join(text.split())[:SHOWN_OF_REPLY]
    said = pl.DataFrame(
        {"round_id": keys, "print": prints}, schema={"round_id": pl.Int64, "print": pl.Int64}
    )
    mine = seen.filter(COUNTED).select("round_id", "item_id").join(said, on="round_id")
    mine = mine.unique(["item_id", "print"], maintain_order=True)
    by = mine.group_by("print").agg(n=pl.len().cast(pl.Int64), of=pl.col("item_id").min())
    many = by.filter(pl.col("n") >= SAME_REPLIES)
    many = many.with_columns(start=pl.Series([starts[told] for told in many["print"].to_list()],
                                             dtype=pl.String))  # fmt: skip
    why = pl.format("{} 件的反馈同为“{}…”", "n", "start").alias("why")
    return (
        mine.join(many, on="print")
        .sort(["n", "of", "item_id"], descending=[True, False, False])
        .unique("item_id", keep="first", maintain_order=True)
        .select("item_id", why, "of", rank=-pl.col("n"))
    )


def _no_evidence(connection: Connection, _seen: pl.DataFrame) -> Found:
    told = exists().where(feedback.c.round_id == rounds.c.id)
    proved = exists().where(feedback.c.round_id == rounds.c.id, feedback.c.evidence.is_not(None))
    here = exists().where(
        item_acts.c.item_id == items.c.id, item_acts.c.round_no == rounds.c.round_no,
        item_acts.c.act == Act.ACCEPT_AND_CLOSE.value,
    )  # fmt: skip
    question = (
        select(items.c.id, told)
        .join(rounds, _HERE)
        .where(
            items.c.state.in_([ItemState.CLOSED.value, ItemState.STRUCK_OFF.value]),
            or_(~told, and_(here, ~proved)),
        )
        .order_by(items.c.id)
    )
    for key, anything in connection.execute(question):
        yield key, "有反馈，没有佐证材料" if anything else "没有反馈，也没有措施"


QUESTIONS: dict[QualityList, Question] = {
    QualityList.UNKNOWN_PLACE: _unknown_place,
    QualityList.UNLOCATED: _unlocated,
    QualityList.DUPLICATES: _duplicates,
    QualityList.VANISHED: _vanished,
    QualityList.SAME_REPLY: _same_reply,
    QualityList.NO_EVIDENCE: _no_evidence,
}
"""List → its question; rows outside the scope are taken away by who asks."""
