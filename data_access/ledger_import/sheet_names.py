"""The names of a workbook's sheets, as they can be shown and told apart."""

from __future__ import annotations

from data_access.ledger_import.shown_text import shown, unescaped

_LONGEST = 100


class SheetNames:
    """Collects names in the workbook's order; `hidden` holds those that are left out."""

    def __init__(self) -> None:
        self.hidden: list[str] = []
        self._taken: set[str] = set()

    def named(self, name: str, state: str) -> str | None:
        """The name of a visible sheet; None for a hidden one, which is remembered."""
        plain = " ".join(shown(unescaped(name)).split())[:_LONGEST] or "未命名"
        if state.lower() in ("hidden", "veryhidden"):
            self.hidden.append(plain)
            return None
        # A place in a file is told by sheet and row, so no two sheets may be called the same.
        unique, number = plain, 1
        while unique in self._taken:
            number += 1
            unique = f"{plain}（{number}）"
        self._taken.add(unique)
        return unique
