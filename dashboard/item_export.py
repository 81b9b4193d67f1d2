"""The list of items as a workbook: exactly its rows, as who presses the button sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from dashboard import acts, reads
from dashboard.briefing.watermark import Watermark
from dashboard.briefing.workbook import items_workbook
from dashboard.downloads import Made, Offer, download_button
from dashboard.reads import Filters
from supervision.rights import Right
from supervision.scope import Viewer

TITLE = "督办事项清单"


def export_button(filters: Filters, order: str, told: Sequence[str], who: Viewer) -> None:
    """Exactly the rows of the list, made when asked for."""
    as_of, change = reads.today(), reads.change()
    # The file says what it holds, and a file is passed on: no telephone stands in its head.
    searched = [f"搜索：{acts.masked_text(words)}"] if (words := filters.text.strip()) else []
    said = [*told, *searched]

    def workbook(taker: Viewer, mark: Watermark) -> Made:
        rows = reads.item_rows(change, taker.scope, as_of, filters, order)
        content = items_workbook(rows, title=TITLE, as_of=as_of, told=said, watermark=mark)
        return Made(content, len(rows))

    # The name carries what the file holds: Streamlit tells downloads apart by name (hardening 3).
    asked = repr((change, who.account, who.scope, as_of, filters, order)).encode()
    mark = hashlib.sha256(asked).hexdigest()[:8]
    name = f"{TITLE}_{as_of:%Y%m%d}_{mark}.xlsx"
    download_button("导出 Excel", Offer(TITLE, said, name, Right.EXPORT), workbook)
