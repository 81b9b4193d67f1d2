"""A definition is read whole, or every fault is told at its line and key."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.programmes.book import shipped_definitions
from supervision.deadlines import LimitUnit
from supervision.programme_file import read_programme
from supervision.programme_words import definition_told
from supervision.programmes import FieldKind
from tests.programmes import SMALL, small


def faults(text: str) -> list[str]:
    file = read_programme(text)
    assert file.programme is None
    return [fault.told for fault in file.faults]


def test_what_a_definition_says_is_what_the_programme_is():
    programme = small()
    assert (programme.label, programme.unit, programme.ledger_title) == (
        "小专题", "件", "小专题台账",
    )  # fmt: skip
    assert programme.of_kind(FieldKind.COUNTY).name == "county"
    limit = programme.clock("closing").limit
    assert (limit.number, limit.unit) == (5, LimitUnit.WORKDAY)
    assert programme.field("status").choice("void").left_out
    assert [one.name for one in programme.figures if one.head] == ["done_rate"]


@pytest.mark.parametrize("name", list(shipped_definitions()))
def test_every_definition_that_ships_is_sound_and_tells_its_figures_in_chinese(name: str):
    read = read_programme(shipped_definitions()[name])
    assert read.faults == ()
    assert read.programme.name == name
    for figure in read.programme.figures:
        told = definition_told(read.programme, figure)
        assert told.endswith("。")
        assert not any("a" <= letter <= "z" for letter in told.lower())


def test_all_mechanisms_of_the_city_ship():
    assert {read_programme(text).programme.label for text in shipped_definitions().values()} == {
        "矛盾纠纷化解", "街镇吹哨、部门报到", "一户一册走访", "一企一册走访", "服务卡咨询",
        "意见建议采纳",
        "办理认同度", "调研成果转化", "任务清单", "信访代办", "困难群众救助",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('kind = "title"', 'kind = "titel"', "第 19 行 field[2].kind：不认得“titel”"),
        ('theme = "测试"', "", "theme：缺少这一项。"),
        ('unit = "人"\n\n[[field]]', 'unti = "人"\n\n[[field]]', "field[6].unti：没有这一项"),
        ('name = "people"\nlabel = "人数"', 'name = "kind"\nlabel = "人数"', "“kind”已经用过"),
        ('label = "事项"', 'label = "编号"', "表头“编号”与第 1 栏相同"),
        ('{ status = ["done"] }', '{ status = ["gone"] }', "“status”没有“gone”这个选项"),
        ('{ status = ["done"] }', '{ title = ["done"] }', "“title”不是选项栏"),
        ('ends = "done_on"', 'ends = "kind"', "clock[1].ends：“kind”应是这样的栏：day"),
        ('number = 5, unit = "workday"', 'number = 0, unit = "hour"', "clock[1].limit.number"),
        ('clock = "closing"\nmore_is', 'clock = "other"\nmore_is', "没有“other”这个 [[clock]]"),
        ('head = true', 'head = false', "figure：用 head = true 标明 1 到 3 项"),
        ('more_is = 1\nhead', 'more_is = 2\nhead', "figure[1].more_is：应是 -1 到 1 的整数"),
        ('groups = ["kind"]', 'groups = ["title"]', "groups：“title”应是这样的栏：choice"),
        ('column = "people"\nunit', 'column = "kind"\nunit', "figure[6].column"),
        ('by = "county"', 'by = "who"', "cycle[1].by：“who”应是这样的栏"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_line_and_key(before: str, after: str, told: str):
    assert before in SMALL
    assert any(told in line for line in faults(SMALL.replace(before, after, 1)))


def test_a_file_that_is_no_toml_names_its_line():
    assert faults('name = "a"\nlabel = ') == [
        "第 2 行 这一行不是规范的 TOML，请检查引号、括号和等号。"
    ]


@pytest.mark.parametrize(
    "hostile", ["a = " + "[" * 20_000, "a = " + "9" * 20_000, "\0", "a" * 200_000]
)
def test_a_hostile_file_is_refused_like_any_other(hostile: str):
    assert len(faults(hostile)) == 1


def test_without_a_number_the_columns_that_identify_must_hold_nobody():
    text = SMALL.replace('kind = "number"', 'kind = "text"', 1)
    assert any("没有编号栏" in line for line in faults(text))
    named = text.replace('unit = "件"', 'unit = "件"\nidentity = ["who"]', 1)
    assert any("identity：“who”应是这样的栏" in line for line in faults(named))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_text_whatever_breaks_the_reader(data: st.DataObject):
    """Lines taken out, doubled or filled with anything: a programme or faults, never an error."""
    lines = SMALL.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    junk = data.draw(st.text(max_size=30))
    lines[at : at + 1] = data.draw(
        st.sampled_from(
            [[], [lines[at], lines[at]], [junk], [f"{lines[at].split('=')[0]}= {junk}"]]
        )
    )
    file = read_programme("\n".join(lines))
    assert (file.programme is None) == bool(file.faults)
