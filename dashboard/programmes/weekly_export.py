"""周通报: the week is chosen, the Word bulletin and the Excel of its rows are made when taken."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import programme_reads, reads
from dashboard.briefing.list_workbook import list_workbook
from dashboard.briefing.programme_bulletin import programme_bulletin
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Maker, Offer, download_button
from dashboard.parts.address_choice import box
from dashboard.parts.panels import headline
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.discreet import fit_for
from dashboard.programmes.entries import headings_of, rows_of
from dashboard.programmes.weekly import Week, bulletin, entries_of, weeks
from dashboard.reads import Filters
from supervision.programmes import FieldKind
from supervision.rights import Right
from supervision.scope import Viewer


def draw_weekly(
    seen: ProgrammeSeen, filters: Filters, told: Sequence[str], who: Viewer, as_of: date
) -> None:
    """The choice of the week, and the two files."""
    known = weeks(as_of)
    headline("周通报", "Word 为通报，写明总体、报送、逾期、分地区情况和同类排名；Excel 为它的清单",
             key="weekly")  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="weekly_files"):
        code = box("哪一周", {key: one.told for key, one in known.items()}, key="week", width=260)
        week, name = known[code], seen.programme.name
        mark = _mark(who, as_of, filters, name, code)
        words = [week.told, *told]
        for label, kind, make in (
            ("下载 Word", "docx", _document(name, week, filters, told)),
            ("下载 Excel", "xlsx", _workbook(name, week, filters, words)),
        ):
            title = f"{seen.programme.label}周通报"
            file_name = f"{title}_{week.first:%Y%m%d}_{mark}.{kind}"
            download_button(label, Offer(title, words, file_name, Right.EXPORT), make,
                            key=f"weekly_{kind}")  # fmt: skip


def _mark(who: Viewer, as_of: date, filters: Filters, name: str, code: str) -> str:
    asked = repr((reads.change(), who.account, who.scope, as_of, filters, name, code))
    return hashlib.sha256(asked.encode()).hexdigest()[:8]


def _seen_by(taker: Viewer, week: Week, filters: Filters, name: str) -> ProgrammeSeen | None:
    mine = programme_reads.programme(reads.change(), taker.scope, week.as_of, filters, name)
    return None if mine is None else fit_for(mine, taker)


def _document(name: str, week: Week, filters: Filters, words: Sequence[str]) -> Maker:
    def made(taker: Viewer, mark: Watermark) -> Made:
        mine = _seen_by(taker, week, filters, name)
        if mine is None:
            return Made(b"", 0)
        # Part of the city, by scope or by filters, has no order of its own.
        whole = taker.scope.everything and not words
        told = bulletin(mine, week, _peers(mine, taker, week), narrowed=words, whole=whole)
        return Made(programme_bulletin(told, watermark=mark), len(entries_of(mine, week)))

    return made


def _peers(seen: ProgrammeSeen, who: Viewer, week: Week) -> Mapping[int, str]:
    names = reads.choices(reads.change(), who.scope, week.as_of)
    has_county = seen.programme.of_kind(FieldKind.COUNTY) is not None
    return names.unit_groups if has_county else names.peer_groups


def _workbook(name: str, week: Week, filters: Filters, words: Sequence[str]) -> Maker:
    def made(taker: Viewer, mark: Watermark) -> Made:
        mine = _seen_by(taker, week, filters, name)
        if mine is None:
            return Made(b"", 0)
        entries = entries_of(mine, week)
        content = list_workbook(
            rows_of(mine, entries), headings_of(mine), title=f"{mine.programme.label}周通报清单",
            as_of=week.as_of, told=["本周有动态的和全部逾期的", *words], watermark=mark,
        )  # fmt: skip
        return Made(content, len(entries))

    return made
