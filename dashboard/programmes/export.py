"""The list of a programme's entries as a workbook: exactly its rows, as its taker sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard import programme_reads, reads
from dashboard.briefing.list_workbook import list_workbook
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.cycles import reporter_headings, reporter_rows
from dashboard.programmes.discreet import fit_for
from dashboard.programmes.entries import headings_of, rows_of
from dashboard.programmes.narrowing import Narrowed, narrowed
from dashboard.programmes.reporters import cycle_asked
from dashboard.programmes.told import Asked, asked_of
from dashboard.reads import Filters
from supervision.rights import Right
from supervision.scope import Viewer


def export_button(
    seen: ProgrammeSeen, url: Mapping[str, str], filters: Filters, told: Sequence[str],
    who: Viewer, as_of: date,
) -> None:  # fmt: skip
    """Made when asked for, within the rights of who asks."""
    change, name = reads.change(), seen.programme.name
    title = f"{seen.programme.label}清单"

    def workbook(taker: Viewer, mark: Watermark) -> Made:
        mine = programme_reads.programme(change, taker.scope, as_of, filters, name)
        if mine is None:
            return Made(b"", 0)
        mine = fit_for(mine, taker)
        found = narrowed(mine, url, asked_of(filters, as_of))
        rows, headings = _told_rows(mine, found, url.get("part"), asked_of(filters, as_of))
        content = list_workbook(rows, headings, title=title, as_of=as_of, told=told, watermark=mark)
        return Made(content, len(rows))

    asked = repr((change, who.account, who.scope, as_of, filters, sorted(url.items()))).encode()
    mark = hashlib.sha256(asked).hexdigest()[:8]
    file_name = f"{title}_{as_of:%Y%m%d}_{mark}.xlsx"
    download_button("导出 Excel", Offer(title, told, file_name, Right.EXPORT), workbook)


def _told_rows(
    seen: ProgrammeSeen, found: Narrowed, part: str | None, asked: Asked
) -> tuple[list[dict[str, Any]], dict[str, tuple[str, str]]]:
    """The rows of the list as the page shows them: entries, or those who have to report."""
    if found.figure is None or found.back is None:
        hits = found.hits if found.is_rate else None
        return rows_of(seen, found.entries, hits), headings_of(seen, counted=found.is_rate)
    cycle, before = cycle_asked(seen, found.figure, asked, back=found.back, part=part)
    return reporter_rows(seen, cycle, before), reporter_headings(seen, cycle.cycle)
