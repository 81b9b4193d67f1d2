"""A row as received, kept small: there are as many as the ledger has rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(slots=True)
class RawRow:
    """A row as received, cells as text, residents' personal data masked."""

    sheet: str
    row: int
    letters: tuple[str, ...]
    """Columns of the cells that are filled; rows filled alike share one tuple."""
    texts: tuple[str, ...]
    """As printed."""

    @classmethod
    def of(
        cls, sheet: str, row: int, cells: Mapping[str, str],
        alike: dict[tuple[str, ...], tuple[str, ...]] | None = None,
    ) -> RawRow:  # fmt: skip
        """`alike` remembers which columns other rows fill."""
        letters = tuple(cells)
        if alike is not None:
            letters = alike.setdefault(letters, letters)
        return cls(sheet, row, letters, tuple(cells.values()))

    @property
    def cells(self) -> dict[str, str]:
        """column letter → text as printed; blank cells are left out."""
        return dict(zip(self.letters, self.texts, strict=True))
