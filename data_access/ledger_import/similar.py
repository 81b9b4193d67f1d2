"""New rows that read like an item in the store: proposed to a person, never merged.

Ledger-contract: near matches are proposed. Compared are items still open in the same place whose
texts carry the same figures: "3号路口" and "4号路口" are two matters however alike they read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from data_access.schema.items import item_texts, items
from supervision.vocabulary import CLOSED_STATES, OUT_OF_COUNT

ALIKE = 88
"""Per cent of letters in common, in order, from which two texts are shown side by side."""
ALIKE_BY_HAND = 70
"""The same for a few words typed by hand, which may stand anywhere in a longer text."""
SHORTEST = 8
MOST_PAIRS = 5_000_000
"""Beyond this an import would take minutes: the largest places are left out, and told."""
_NOISE = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"\d+")
Row = tuple[int, str | None, str | None]
"""Place among the rows, title, content."""
PlaceKey = tuple[str | None, int | None]
NOWHERE: PlaceKey = (None, None)


@dataclass(frozen=True, slots=True)
class Text:
    """A matter's letters and figures, and whose they are."""

    key: int
    letters: str
    figures: tuple[str, ...]
    name: str
    """How people call the item: its number, else its title."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row and the stored item it reads like most."""

    row: int
    item: int
    name: str
    per_cent: int


def matter(key: int, title: str | None, content: str | None, number: str | None = None) -> Text:
    """What is compared of a row or an item: title and content without signs and spaces."""
    plain = unicodedata.normalize("NFKC", f"{title or ''} {content or ''}")
    letters = _NOISE.sub("", plain)
    figures = tuple(_FIGURES.findall(letters))
    return Text(key, letters, figures, number or (title or content or "")[:30])


def likenesses(
    connection: Connection, rows: dict[PlaceKey, list[Row]], *, units: Sequence[int] | None
) -> tuple[list[Likeness], int]:
    """The likeness of each row that has one, and how many rows were not compared.

    `rows`: township code and reporting unit → texts of new rows. A row without either is not
    compared, because nothing but words would say that it is the same matter. `units`: the
    reporting units whose items may be named; None for all.
    """
    found: list[Likeness] = []
    left, skipped = MOST_PAIRS, 0
    standing = _open_items(connection, units)
    pairs = {place: len(texts) * _near(place, standing) for place, texts in rows.items()}
    for place in sorted(rows, key=pairs.__getitem__):
        if pairs[place] > left or (place == NOWHERE and standing):
            skipped += len(rows[place])
        elif pairs[place]:
            left -= pairs[place]
            new = (matter(*text) for text in rows[place])
            found += _alike(new, list(_stored(connection, place, units)))
    return found, skipped


def alike_items(
    connection: Connection,
    place: PlaceKey,
    title: str | None,
    content: str | None,
    *,
    units: Sequence[int] | None,
    most: int = 5,
) -> list[Likeness]:
    """The open items of a place that read like what a person types, the most alike first."""
    text = matter(0, title or content, None)
    if len(text.letters) < SHORTEST:
        return []
    said = set(text.figures)
    others = [
        one
        for one in _stored(connection, place, units)
        if said <= set(one.figures) and len(one.letters) >= SHORTEST
    ]
    found = process.extract(
        text.letters, [one.letters for one in others], scorer=fuzz.partial_ratio,
        score_cutoff=ALIKE_BY_HAND, limit=most,
    )  # fmt: skip
    return [
        Likeness(0, others[at].key, others[at].name, int(per_cent)) for _, per_cent, at in found
    ]


def _near(place: PlaceKey, standing: dict[PlaceKey, int]) -> int:
    """How many open items `_stored` reads for a place."""
    township, unit = place
    if place == NOWHERE:
        return 0
    return sum(
        n
        for (its_township, its_unit), n in standing.items()
        if (its_township == township if its_township and township else its_unit == unit)
    )


def _alike(rows: Iterable[Text], stored: list[Text]) -> Iterator[Likeness]:
    by_figures: dict[tuple[str, ...], list[Text]] = {}
    for text in stored:
        by_figures.setdefault(text.figures, []).append(text)
    for row in rows:
        others = by_figures.get(row.figures, [])
        if len(row.letters) < SHORTEST or not others:
            continue
        best = process.extractOne(
            row.letters, [other.letters for other in others], scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        if best is not None:
            other = others[best[2]]
            yield Likeness(row.key, other.key, other.name, int(best[1]))


_STILL_OPEN = items.c.state.not_in([state.value for state in (*CLOSED_STATES, *OUT_OF_COUNT)])


def _named(units: Sequence[int] | None) -> ColumnElement[bool]:
    return true() if units is None else items.c.reporting_unit_id.in_(units)


def _open_items(connection: Connection, units: Sequence[int] | None) -> dict[PlaceKey, int]:
    counted = connection.execute(
        select(items.c.township_code, items.c.reporting_unit_id, func.count())
        .where(_STILL_OPEN, _named(units))
        .group_by(items.c.township_code, items.c.reporting_unit_id)
    )
    return {(township, unit): n for township, unit, n in counted}


def _stored(connection: Connection, place: PlaceKey, units: Sequence[int] | None) -> Iterator[Text]:
    # Where one of the two names no township, the county is all that is known of the place.
    township, unit = place
    in_county = items.c.reporting_unit_id == unit
    in_township = or_(
        items.c.township_code == township, and_(items.c.township_code.is_(None), in_county)
    )
    for row in connection.execute(
        select(items.c.id, items.c.number, item_texts.c.title, item_texts.c.content)
        .join_from(items, item_texts, item_texts.c.item_id == items.c.id)
        .where(_STILL_OPEN, _named(units), in_township if township else in_county)
        .order_by(items.c.id)
    ):
        yield matter(row.id, row.title, row.content, row.number)
