"""Who took a file out of the program and when: said on every sheet and every printed page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Watermark:
    """A person with the account, and the instant."""

    who: str
    account: str
    at: datetime

    @property
    def words(self) -> str:
        """One line: 内部资料, who, when."""
        return f"内部资料　{self.who}（{self.account}）{self.at:%Y-%m-%d %H:%M} 导出"
