"""What a link may ask of the list: known keys narrow it, anything else counts for nothing."""

from datetime import date

import pytest

from dashboard.parts.list_state import list_state
from dashboard.reads import Choices, Filters

NAMES = Choices(
    units={1: "东源县"},
    townships={441625100: ("仙塘镇", 1)},
    departments={7: "市教育局"},
    short_names={7: "教育局"},
    peer_groups={7: "department"},
    sessions={},
    categories={},
    data_until=None,
    horizon=date(2026, 12, 31),
    is_sample=False,
)
ODD = (
    "9" * 5_000,
    "9" * 19,
    "-7",
    "7.0",
    "²",
    "７x",
    "",
    " 7",
    "1e1",
    "=7",
    "<b>7",
    "\x00",
    "2026-02-30",
    "None",
)


def test_a_link_narrows_the_list_to_what_it_names():
    url = {"lead": "7", "place": "441625100", "batch": "3", "due": "2026-11-30"}
    narrowed = list_state(Filters(), url, NAMES)
    assert narrowed.filters == Filters(
        departments=(7,), townships=(441625100,), batch=3, due_on=date(2026, 11, 30)
    )
    assert narrowed.told[:2] == ("市教育局", "仙塘镇")
    assert list_state(Filters(), {"place": "0"}, NAMES).filters == Filters(unlocated=True)


@pytest.mark.parametrize("name", ["figure", "lead", "place", "due", "batch", "after", "made_up"])
def test_what_no_link_of_ours_says_narrows_nothing(name):
    for odd in ODD:
        asked = list_state(Filters(), {name: odd}, NAMES)
        assert asked.filters == Filters(), odd[:20]
        assert asked.told == ()
