"""Text search over bigrams, exact also for one or two Chinese characters (data.md, 3).

The index follows the change number in batches after the commit; a question first catches
up, so that nothing just stored is missed.
"""

from __future__ import annotations

import re
import unicodedata
from threading import Lock
from typing import Any

import polars as pl
from sqlalchemy import Connection, Engine, Select, select, text, tuple_, update

from data_access.database import reading, writing_aside
from data_access.schema.base import text_index_progress
from data_access.schema.items import item_texts, items
from supervision.reporters import without_traces

BATCH = 2_000
LONGEST_QUESTION = 60
_RUN = re.compile(r"[^\W_]+")
_catching_up = Lock()


def runs(words: str) -> list[str]:
    """The letters and digits of a text in runs, folded to one width and case."""
    return _RUN.findall(unicodedata.normalize("NFKC", words).casefold())


def grams(words: str) -> list[str]:
    """Overlapping pairs of each run, and its last letter, so that every letter starts a gram."""
    return [run[n : n + 2] for run in runs(words) for n in range(len(run))]


def catch_up(engine: Engine) -> int:
    """Index what changed since the last time; returns how many items were indexed."""
    indexed = 0
    with _catching_up:
        while True:
            done = _one_batch(engine)
            indexed += done
            if done < BATCH:
                return indexed


def _one_batch(engine: Engine) -> int:
    with reading(engine) as connection:
        followed = connection.execute(select(text_index_progress)).one()
        rows = connection.execute(_behind(followed.change_number, followed.item_id)).all()
    if rows:
        with writing_aside(engine) as connection:
            there = _still_there(connection, [row.id for row in rows])
            _write(connection, {row.id: grams(_whole(row)) for row in rows if row.id in there})
            connection.execute(
                update(text_index_progress).values(
                    change_number=rows[-1].change_number, item_id=rows[-1].id
                )
            )
    return len(rows)


def _still_there(connection: Connection, ids: list[int]) -> set[int]:
    """An import may be undone meanwhile: its items must not come back into the index."""
    question = (
        select(items.c.id).where(items.c.id.in_(ids)).with_for_update(read=True, key_share=True)
    )
    return set(connection.execute(question).scalars())


def forget_items_of(connection: Connection, batch: int) -> None:
    """Take the items out that were removed with a batch, in the transaction that removed them."""
    key = "rowid" if connection.dialect.name == "sqlite" else "item_id"
    connection.execute(
        text(
            f"DELETE FROM item_grams WHERE {key} IN"
            " (SELECT item_id FROM removed_items WHERE batch_id = :batch)"
        ),
        {"batch": batch},
    )


def _texts() -> Select[Any]:
    return select(
        items.c.id,
        items.c.change_number,
        items.c.number,
        item_texts.c.title,
        item_texts.c.content,
        item_texts.c.village,
        item_texts.c.address,
    ).join_from(items, item_texts, item_texts.c.item_id == items.c.id)


def _behind(change: int, item: int) -> Select[Any]:
    return (
        _texts()
        .where(tuple_(items.c.change_number, items.c.id) > tuple_(change, item))
        .order_by(items.c.change_number, items.c.id)
        .limit(BATCH)
    )


def _whole(row: Any) -> str:
    return "\n".join(filter(None, (row.number, row.title, row.content, row.village, row.address)))


def _write(connection: Connection, indexed: dict[int, list[str]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("DELETE FROM item_grams WHERE rowid = :key"), [{"key": key} for key in indexed]
        )
        connection.execute(
            text("INSERT INTO item_grams (rowid, grams) VALUES (:key, :grams)"),
            [{"key": key, "grams": " ".join(found)} for key, found in indexed.items()],
        )
        return
    connection.execute(
        text(
            "INSERT INTO item_grams (item_id, grams) VALUES (:key, :grams)"
            " ON CONFLICT (item_id) DO UPDATE SET grams = excluded.grams"
        ),
        [{"key": key, "grams": sorted(set(found))} for key, found in indexed.items()],
    )


def items_with_text(engine: Engine, words: str) -> pl.Series:
    """Ids of the items whose number, title, content or place holds every run of `words`."""
    wanted = _wanted(words)
    if not wanted:
        return pl.Series("item_id", [], dtype=pl.Int64)
    catch_up(engine)
    with reading(engine) as connection:
        found = [
            row[0]
            for row in (
                connection.execute(_IN_SQLITE, {"match": _fts_question(wanted)})
                if connection.dialect.name == "sqlite"
                else connection.execute(*_in_postgresql(wanted))
            )
        ]
    return pl.Series("item_id", found, dtype=pl.Int64)


def without_trace_of(connection: Connection, item_ids: list[int], words: str) -> list[int]:
    """Those of these items that hold every run of `words` outside what is left of a resident.

    Who may not read 138****1234 must not find out by searching for 1234 either.
    """
    wanted = _wanted(words)
    found = []
    for start in range(0, len(item_ids), BATCH):
        asked = _texts().where(items.c.id.in_(item_ids[start : start + BATCH]))
        for row in connection.execute(asked):
            held = runs(without_traces(_whole(row)) or "")
            if all(any(run in one for one in held) for run in wanted):
                found.append(row.id)
    return found


def _wanted(words: str) -> list[str]:
    return runs(words[:LONGEST_QUESTION])


_IN_SQLITE = text("SELECT rowid FROM item_grams WHERE item_grams MATCH :match")


def _fts_question(wanted: list[str]) -> str:
    """Each run as a phrase of its pairs; a single letter asks for grams that begin with it."""
    return " AND ".join(
        f'"{run}"*' if len(run) == 1 else '"' + " ".join(_pairs(run)) + '"' for run in wanted
    )


def _pairs(run: str) -> list[str]:
    return [run[n : n + 2] for n in range(len(run) - 1)]


def _in_postgresql(wanted: list[str]) -> tuple[Any, dict[str, Any]]:
    """Grams narrow; of longer runs the text itself decides: pairs may stand apart in an array."""
    pairs = [pair for run in wanted for pair in _pairs(run)]
    unsure = [run for run in wanted if len(run) != 2]
    whole = (
        "lower(normalize(concat_ws(chr(10), i.number, t.title, t.content, t.village,"
        " t.address), NFKC))"
    )
    conditions = ["g.grams @> CAST(:pairs AS text[])"] if pairs else []
    asked: dict[str, Any] = {"pairs": pairs}
    for n, run in enumerate(unsure):
        conditions.append(f"position(CAST(:run{n} AS text) in {whole}) > 0")
        asked[f"run{n}"] = run
    statement = (
        "SELECT g.item_id FROM item_grams g JOIN items i ON i.id = g.item_id"
        " JOIN item_texts t ON t.item_id = i.id WHERE " + " AND ".join(conditions)
    )
    if not pairs:
        asked.pop("pairs")
    return text(statement), asked
