"""督办单 as Word documents: what the person who presses the button may see, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard import notice_reads, reads
from dashboard.briefing.notice_bundle import notice_bundle
from dashboard.briefing.notice_document import notice_document
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.handing_out import DownloadRefused
from supervision.loop_words import NoticeKind
from supervision.rights import Right
from supervision.scope import Viewer

MOST_AT_ONCE = 100


class Chosen(NamedTuple):
    """A notice as the page's row tells it; a draft has no number yet."""

    notice_id: int
    kind: NoticeKind
    number: str | None


def word_button(chosen: Sequence[Chosen], *, key: str) -> None:
    """The button for one notice, or for several together; made when it is pressed."""
    as_of, ids = reads.today(), [one.notice_id for one in chosen[:MOST_AT_ONCE]]

    def document(taker: Viewer, mark: Watermark) -> Made:
        papers = notice_reads.notice_papers(taker, as_of, ids)
        # All or none: nobody is to miss one in an archive that looks whole.
        if len(papers) < len(ids):
            raise DownloadRefused("没有这份督办单，或不在您的权限范围内。")
        if len(papers) == 1:
            return Made(notice_document(papers[0], watermark=mark), 1)
        return Made(notice_bundle(papers, watermark=mark), len(papers))

    many = len(ids) > 1
    download_button(
        f"下载 Word（{len(ids)} 份）" if many else "下载 Word", _offer(chosen[:MOST_AT_ONCE]),
        document, key=key,
        help_text=f"一次最多 {MOST_AT_ONCE} 份，每份一个文件，合为一个压缩包" if many else None,
    )  # fmt: skip


def _offer(chosen: Sequence[Chosen]) -> Offer:
    # Streamlit tells downloads apart by name.
    numbers = "、".join(one.number or "拟稿" for one in chosen)
    if len(chosen) == 1:
        one = chosen[0]
        name = f"{one.kind.label}_{one.number or '拟稿'}_{one.notice_id}.docx"
        told = [f"文号：{one.number}"] if one.number else ["拟稿，尚未签发"]
        return Offer(one.kind.label, told, name, Right.EXPORT)
    ids = [one.notice_id for one in chosen]
    name = f"督办单_{len(ids)}份_{min(ids)}至{max(ids)}.zip"
    return Offer("督办单", [f"文号：{numbers}"], name, Right.EXPORT)
