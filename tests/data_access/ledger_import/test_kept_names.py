"""Names of file, sheets and headings are fit to be kept, also where they were made to be slow."""

from __future__ import annotations

import time

from data_access.ledger_import.kept_names import fit_to_keep
from data_access.ledger_import.model import PersonalValue
from tests.factories import judged_ledger, ledger_row

SIGNS = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"


def _name(n: int) -> str:
    return f"张{SIGNS[n % 24]}{SIGNS[n // 24 % 24]}"


def test_headings_full_of_names_take_no_longer_than_others_and_are_cut():
    rows = [
        ledger_row(row=n + 3, personal=(PersonalValue("reporter_name", _name(n)),))
        for n in range(600)
    ]
    judged = judged_ledger(*rows)
    heading = "".join(map(_name, range(576))) * 20
    judged.sections[0].headings |= dict.fromkeys(range(100), heading)
    begun = time.process_time()
    kept = fit_to_keep(judged).sections[0].headings[7]
    assert time.process_time() - begun < 30, "it took minutes"
    assert kept == "张**" * 100


def test_a_name_within_a_longer_one_and_before_a_place_is_told_apart():
    names = ("张伟", "张伟芳", "和平")
    rows = [
        ledger_row(row=n, personal=(PersonalValue("reporter_name", name),))
        for n, name in enumerate(names, start=3)
    ]
    judged = judged_ledger(*rows, name="张伟芳、张伟娜、和平县、和平.xlsx")
    assert fit_to_keep(judged).file_name == "张**、张*娜、和平县、和*.xlsx"
