"""Where the fields of a row were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class RowCells(Mapping[str, str]):
    """field name → cell reference (due_on → F5) of one row.

    Rows filled alike share one dict of letters: a hundred thousand dicts of references were
    more than half of an import's memory.
    """

    __slots__ = ("_letters", "_pattern", "_row")

    def __init__(self, letters: dict[str, str], pattern: str, row: int) -> None:
        self._letters, self._pattern, self._row = letters, pattern, row

    @staticmethod
    def pattern(letters: dict[str, str]) -> str:
        """What `told` says of rows with these letters, # for the row."""
        return " ".join(f"{name}={letter}#" for name, letter in letters.items())

    def told(self) -> str:
        """All references as the store keeps them: title=C5 due_on=F5."""
        return self._pattern.replace("#", str(self._row))

    def __getitem__(self, name: str) -> str:
        return f"{self._letters[name]}{self._row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._letters)

    def __len__(self) -> int:
        return len(self._letters)
