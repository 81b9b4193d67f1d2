"""How much of the server's memory one ledger may take: counted while it grows, not afterwards.

What a cell weighs once it is opened, judged and kept is known to a few bytes; the weights below are
a little more than `benchmarks.hostile_ledgers` measures.
"""

from __future__ import annotations

from sys import getsizeof

from data_access.ledger_import.model import LedgerRefused

TOO_LARGE = (
    "这份台账的内容太多，打开后会占用过多内存；没有取用任何内容，请删去无关的行、列，"
    "或拆成几份后重新上传。"
)
REMEMBERED = 90
"""Bytes of a text or number that is known: its places in what remembers it."""
PRINTED = 160
"""Bytes of a number that was printed and is known by it."""
ITEM, FAULT, RAW_ROW, CELL = 900, 260, 160, 8
"""Bytes of each by itself, without the texts that it shares with the opened cells."""


class Room:
    """So many bytes; whoever is about to keep something takes its part first."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self, size: int) -> None:
        """LedgerRefused once nothing is left."""
        self.left -= size
        if self.left < 0:
            raise LedgerRefused(TOO_LARGE)


def weight(value: object) -> int:
    """Bytes of one opened value, with what remembers it."""
    return getsizeof(value) + REMEMBERED
