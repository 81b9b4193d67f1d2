"""Which series of ledgers a file belongs to, so that vanished rows can be told."""

from __future__ import annotations

import re
import unicodedata

from data_access.ledger_import.model import JudgedLedger

_CHANGING = re.compile(
    r"\d+|[〇零一二三四五六七八九十]+(?=[年月季周期次场日])|第|上半年|下半年|年|月|日|季度?|周|期|"
    r"[\s()\[\]{}<>《》（）【】._\-]+|副本|copy|更新版?|最新版?|修改版?|终稿|定稿|[vV](?=\d)"
)


def sender_of(judged: JudgedLedger) -> str:
    """The ledger's series: its 填报单位 and title (else file name) without dates and counts."""
    name = judged.title or judged.file_name.rsplit(".", 1)[0]
    return "|".join(_constant(part) for part in (judged.reporting_unit or "", name))


def _constant(text: str) -> str:
    return _CHANGING.sub("", unicodedata.normalize("NFKC", text))
