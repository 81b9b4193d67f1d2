"""What one ledger takes of the server's memory is counted while it grows, and bounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data_access.ledger_import.limits import MB, Limits
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.receive import judged_workbook
from data_access.ledger_import.room import TOO_LARGE, Room
from data_access.ledger_import.workbook import open_ledger

HEAD = "诉求内容,责任单位,办结时限\n"
LINES = "".join(f"第{n}盏路灯不亮请派人修理,市教育局,2026-12-01\n" for n in range(2_000))


def _opened(text: str, most: int = Limits().memory_bytes):
    return open_ledger(text.encode(), "台账.csv", limits=replace(Limits(), memory_bytes=most))


def test_a_ledger_within_its_room_is_judged_and_tells_how_much_is_left():
    workbook = _opened(HEAD + LINES)
    taken = Limits().memory_bytes - workbook.room_left
    assert len(HEAD + LINES) < taken < 2 * MB
    judged = judged_workbook(workbook, as_of=date(2026, 11, 20), engine=None)
    assert len(judged.rows) == 2_000


def test_cells_beyond_the_room_are_refused_while_they_are_read():
    with pytest.raises(LedgerRefused, match="占用过多内存"):
        _opened(HEAD + LINES, most=MB // 2)


def test_one_rare_sign_makes_every_letter_of_its_text_count_four_times():
    plain, rare = (_opened(f"{HEAD}{'a' * 30_000}{end},市教育局,\n").room_left for end in "b𠮷")
    assert 80_000 < plain - rare < 100_000


def test_what_judging_keeps_counts_too_faults_above_all():
    bad = "".join(f"第{n}盏路灯不亮,没有这个单位{n},13月45日\n" for n in range(2_000))
    taken = Limits().memory_bytes - _opened(HEAD + bad).room_left
    workbook = _opened(HEAD + bad, most=taken + 2 * MB)
    with pytest.raises(LedgerRefused) as refused:
        judged_workbook(workbook, as_of=date(2026, 11, 20), engine=None)
    assert str(refused.value) == TOO_LARGE
    # The same number of sound rows has room enough.
    enough = _opened(HEAD + LINES, most=taken + 3 * MB)
    assert judged_workbook(enough, as_of=date(2026, 11, 20), engine=None).rows


def test_judging_again_begins_with_the_same_room():
    workbook = _opened(HEAD + LINES)
    left = workbook.room_left
    for _ in range(2):
        judged_workbook(workbook, as_of=date(2026, 11, 20), engine=None)
    assert workbook.room_left == left


def test_the_last_byte_may_be_taken_and_not_one_more():
    room = Room(10)
    room.take(10)
    with pytest.raises(LedgerRefused):
        room.take(1)
