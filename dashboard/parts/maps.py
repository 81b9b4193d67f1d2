"""The township honeycomb: a frame of counts to a picture, in SVG or in WebGL.

The picture that pages show is drawn by Vega-Lite as SVG (`township_honeycomb`): it needs no
graphics card, prints sharply and is light. map_deck has the same picture for pydeck. Both are
diagrams without boundaries and say so (map_words). See decision record 0006.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pandas as pd
import polars as pl

from dashboard.parts import map_specs
from dashboard.parts.chart_specs import Spec
from dashboard.parts.charts import Chart
from dashboard.parts.honeycomb import CallOut, TilePicture
from dashboard.parts.map_scales import OVERDUE, Scale, Value
from dashboard.parts.map_shelf import MapShelf, shelf
from dashboard.parts.map_specs import SELECT_TOWNSHIP
from dashboard.parts.zones import HONEYCOMB, picture_of
from supervision.scope import Scope

_COLUMNS = (
    "kind", "code", "name", "unit", "short", "lon", "lat", "room", "side",
    "n", "of", "level", "label", "told", "detail",
)  # fmt: skip
_UNKNOWN: dict[str, Any] = {"n": None, "of": None, "level": "0", "label": "", "detail": "范围外"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the city a picture shows, and which of its townships are asked about."""

    scope: Scope
    unit: str | None = None
    """Only the townships of this reporting unit."""
    towns: frozenset[str] = frozenset()
    """Only of these there are numbers; empty: of all."""
    kind: str = HONEYCOMB
    """How townships are drawn: one of zones.kinds()."""
    of: MapShelf | None = None
    """A picture that is looked at before it is in force; None: the one in force."""

    def knows(self, unit: str, code: str) -> bool:
        """Whether the whole number of this township is known to who looks."""
        units = units_known(self.scope)
        return (units is None or unit in units) and (not self.towns or code in self.towns)

    @property
    def place(self) -> str:
        """What the whole picture is called."""
        if self.unit is not None:
            return self.unit
        return "全市" if self.scope.everything and not self.towns else "范围内"

    @property
    def picture(self) -> TilePicture:
        """The tiles of that part."""
        return picture_of(self.kind, self.unit, self.of)

    def spec(self, measure: str, *, dark: bool) -> Spec:
        """The specification of its picture for a measure's name."""
        named = f"{(self.of or shelf()).name}:{self.kind}:{self.unit or ''}"
        return map_specs.spec(measure, dark=dark, picture=self.picture, named=named)


def build_all() -> None:
    """Build the specifications of the usual measure (the warm start calls it)."""
    for dark in (False, True):
        Asked(Scope.whole_city()).spec(OVERDUE.name, dark=dark)


def township_honeycomb(
    counts: pd.DataFrame, *, dark: bool, scope: Scope | Asked, scale: Scale = OVERDUE,
    click: str = "点击看清单",
) -> Chart:  # fmt: skip
    """One hexagon per township, coloured and numbered by `scale`. Clicking selects `code`.

    `counts`: code (9 digits), n and, for a rate, of; townships that are not in it count 0, codes
    that are no tile are told in the note as not located. Of units outside the scope nobody is
    told a number: none is known, which is not 0.
    """
    asked = scope if isinstance(scope, Asked) else Asked(scope)
    rows = tile_rows(counts, asked, scale)
    tiles = rows[(rows["kind"] == "tile") & rows["n"].notna()]
    outside = "" if units_known(asked.scope) is None else "；范围外的镇（街）没有数字"
    return Chart(
        spec=asked.spec(scale.name, dark=dark),
        frame=rows,
        headline=_headline(tiles, scale, asked.place),
        note=_note(counts, asked, scale, click) + outside,
        selection=SELECT_TOWNSHIP,
        picture=True,
    )


def units_known(scope: Scope) -> frozenset[str] | None:
    """The units whose numbers are whole for this scope; None for every unit."""
    if scope.everything or scope.departments or scope.co_departments:
        return None
    return scope.reporting_units


def tile_rows(counts: pd.DataFrame, asked: Asked, scale: Scale = OVERDUE) -> pd.DataFrame:
    """One row per township (kind `tile`) and per call-out of a unit (kind `unit`).

    Those that are not known to who asks have no n.
    """
    picture = asked.picture
    found = {} if counts.empty else by_code(counts)
    rows: list[dict[str, Any]] = []
    of_unit: dict[str, list[tuple[int, int]]] = {}
    for tile in picture.tiles:
        n, of = found.get(tile.code, (0, 0))
        known = asked.knows(tile.unit, tile.code)
        of_unit.setdefault(tile.unit, [])
        if known:
            of_unit[tile.unit].append((n, of))
        names = {"name": _inert(tile.name), "unit": _inert(tile.unit), "short": _inert(tile.short)}
        place = {"lon": tile.lon, "lat": tile.lat, "room": tile.room, "side": ""}
        told = _told(scale, n, of) if known else {**_UNKNOWN, "told": "没有数字"}
        rows.append({"kind": "tile", "code": tile.code, **names, **place, **told, "detail": ""})
    for call_out in _every_unit(picture):
        parts = of_unit[call_out.unit]
        unit = _inert(call_out.unit)
        names = {"name": unit, "unit": unit, "short": ""}
        place = {"lon": call_out.lon, "lat": call_out.lat, "room": 0.0, "side": call_out.side}
        whole = _whole(parts, scale)
        told = {**_told(scale, *whole), "detail": scale.told(*whole)} if parts else _UNKNOWN
        rows.append({"kind": "unit", "code": "", **names, **place, "told": "", **told})
    # A zone under which the register enters no township has no tile at all.
    told_of = {name: [row[name] for row in rows] for name in _COLUMNS}
    whole_numbers = {name: pd.array(told_of[name], dtype="Int64") for name in ("n", "of")}
    return pd.DataFrame(told_of | whole_numbers)


def _every_unit(picture: TilePicture) -> tuple[CallOut, ...]:
    """The call-outs, and of a unit that lies inside all others one without a side: not drawn."""
    if not picture.call_outs:
        return ()
    named = {call_out.unit for call_out in picture.call_outs}
    inner = sorted({tile.unit for tile in picture.tiles} - named)
    middle = picture.extent
    return (*picture.call_outs, *(CallOut(unit, middle.lon, middle.lat, "") for unit in inner))


def _whole(parts: list[tuple[int, int]], scale: Scale) -> tuple[int, int]:
    """n and of of several townships; residents only where all of them are counted."""
    n, of = sum(n for n, _ in parts), sum(of for _, of in parts)
    if scale.value is Value.PER_10K and not all(of for _, of in parts):
        return n, 0
    return n, of


def by_code(counts: pd.DataFrame | pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Code → n and, where it is counted, of; rows without a code are left out."""
    found: dict[str, tuple[int, int]] = {}
    of = counts["of"] if "of" in counts.columns else repeat(None)
    for code, some, base in zip(counts["code"], counts["n"], of, strict=False):
        if not pd.isna(code):
            n, others = found.get(code, (0, 0))
            found[code] = (n + int(some), others + (0 if pd.isna(base) else int(base)))
    return found


def _told(scale: Scale, n: int, of: int) -> dict[str, Any]:
    return {
        "n": n, "of": of, "level": scale.level(n, of), "label": scale.label(n, of),
        "told": scale.told(n, of),
    }  # fmt: skip


def _inert(text: str) -> str:
    # pydeck reads a text that starts with @@ as an expression: the whole map would fail.
    return text.lstrip("@") if text.startswith("@@") else text


def ranked(tiles: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The tiles that can be ranked, the worst first, with `place` (ties share it: 1, 2, 2, 4)."""
    known = []
    lines = zip(tiles["n"], tiles["of"], tiles["code"], strict=True)
    for position, (n, of, code) in enumerate(lines):
        amount = scale.amount(int(n), None if pd.isna(of) else int(of))
        if amount is not None:
            known.append((amount if scale.least_first else -amount, code, position))
    known.sort()
    places: dict[float, int] = {}
    for place, (amount, _, _) in enumerate(known, start=1):
        places.setdefault(amount, place)
    order = tiles.iloc[[position for _, _, position in known]]
    return order.assign(place=[places[amount] for amount, _, _ in known])


def _headline(tiles: pd.DataFrame, scale: Scale, where: str) -> str:
    if tiles.empty:
        return f"{where}没有可以画的镇（街）：区划登记里没有归它的，事项都在图外"
    order = ranked(tiles, scale)
    if order.empty:
        if scale.value is Value.RATE:
            return f"各镇（街）到期都不足 {scale.few} {scale.unit}，不比较{scale.name}"
        return f"各镇（街）没有{scale.name}事项"
    worst = order.iloc[0]
    alike = int((order["place"] == 1).sum())
    name, told = f"{worst['unit']}{worst['name']}{scale.name}", f" {worst['told']}"
    if alike > 1:
        name, told = (
            f"{worst['unit']}{worst['name']}等 {alike} 个镇（街）{scale.name}",
            f"各{told}",
        )
    count = f"{len(tiles)} 个镇（街）中 {len(order)} 个"
    if scale.value is Value.RATE:
        return f"{name}{told}，{where}最低；{count}到期满 {scale.few} {scale.unit}，可以比较"
    if scale.value is Value.PER_10K:
        return f"{name}{told}，{where}最多；{count}有在办事项和人口数，可以比较"
    return f"{name}{told}，{where}最多；{count}有{scale.name}"


def _note(counts: pd.DataFrame, asked: Asked, scale: Scale, click: str) -> str:
    known = {tile.code for tile in asked.picture.tiles}
    lost = 0
    if len(counts):
        away = counts.loc[~counts["code"].isin(known)]
        column = "of" if scale.value is Value.RATE else "n"
        lost = int(away[column].sum())
    unplaced = f"；另有 {lost} {scale.unit}未定位到镇（街）" if lost else ""
    return f"{scale.name}（{scale.unit}），一格为一个镇（街），{click}{unplaced}"
