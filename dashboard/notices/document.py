"""One 督办单 as a Word document: what the person who presses the button may see, recorded."""

from __future__ import annotations

from dashboard import notice_reads, reads
from dashboard.briefing.notice_document import notice_document
from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Made, Offer, download_button
from dashboard.handing_out import DownloadRefused
from supervision.loop_words import NoticeKind
from supervision.rights import Right
from supervision.scope import Viewer


def word_button(notice_id: int, kind: NoticeKind, number: str | None, *, key: str) -> None:
    """The button for one notice; the document is made when it is pressed."""
    as_of = reads.today()

    def document(taker: Viewer, mark: Watermark) -> Made:
        paper = notice_reads.notice_paper(taker, as_of, notice_id)
        if paper is None:
            raise DownloadRefused("没有这份督办单，或不在您的权限范围内。")
        return Made(notice_document(paper, watermark=mark), 1)

    # Streamlit tells downloads apart by name, and a draft has no number yet.
    name = f"{kind.label}_{number or '拟稿'}_{notice_id}.docx"
    told = [f"文号：{number}"] if number else ["拟稿，尚未签发"]
    download_button("下载 Word", Offer(kind.label, told, name, Right.EXPORT), document, key=key)
