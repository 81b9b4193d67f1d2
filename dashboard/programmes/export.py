"""The list of a programme's entries as a workbook: exactly its rows, as its taker sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import programme_reads, reads
from dashboard.briefing.programme_workbook import entries_workbook
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.entries import headings_of, rows_of
from dashboard.programmes.narrowing import narrowed
from dashboard.programmes.told import asked_of
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
        found = narrowed(mine, url, asked_of(filters, as_of))
        hits = found.hits if found.is_rate else None
        content = entries_workbook(
            rows_of(mine, found.entries, hits), headings_of(mine, counted=found.is_rate),
            title=title, as_of=as_of, told=told, watermark=mark,
        )  # fmt: skip
        return Made(content, len(found.entries))

    asked = repr((change, who.account, who.scope, as_of, filters, sorted(url.items()))).encode()
    mark = hashlib.sha256(asked).hexdigest()[:8]
    file_name = f"{title}_{as_of:%Y%m%d}_{mark}.xlsx"
    download_button("导出 Excel", Offer(title, told, file_name, Right.EXPORT), workbook)
