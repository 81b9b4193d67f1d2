"""Several 督办单 as one .zip: each a Word document of its own, for its own department."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Protocol

from dashboard.briefing.notice_document import Paper, notice_document
from dashboard.briefing.watermark import Watermark

LONGEST_NAME = 60
_NO_FILE_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')


class Numbered(Paper, Protocol):
    """A paper that no other has the number of."""

    @property
    def notice_id(self) -> int: ...


def file_name(paper: Numbered) -> str:
    """督办通知书_督办〔2026〕3号_市水务局_7.docx: a draft has no number yet."""
    told = f"{paper.kind.label}_{paper.number or '拟稿'}_{paper.department or '承办单位'}"
    return f"{_NO_FILE_NAME.sub('＿', told)[:LONGEST_NAME]}_{paper.notice_id}.docx"


def notice_bundle(papers: Sequence[Numbered], *, watermark: Watermark) -> bytes:
    """The archive, its documents in the order given."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(file_name(paper), notice_document(paper, watermark=watermark))
    return made.getvalue()
