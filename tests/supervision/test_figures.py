"""The registry of figures: each has a Chinese name, a 口径 and a formula; each totals one way."""

from __future__ import annotations

import re

import pytest

from supervision.deadlines import DUE_SOON_WORKING_DAYS
from supervision.figures import FIGURES, Kind
from supervision.satisfaction import points_of

CHINESE = re.compile("[\u4e00-\u9fff]")
SECTIONS = ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "session")
each_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


@each_figure
def test_every_figure_has_a_chinese_name_definition_and_formula(figure):
    assert FIGURES[figure.slug] is figure
    assert re.fullmatch("[a-z][a-z0-9_]*", figure.slug)
    assert all(CHINESE.search(words) for words in (figure.name, figure.definition, figure.unit))
    assert figure.definition.endswith("。")
    assert figure.formula
    assert not figure.formula.endswith("。")
    assert figure.more_is in (-1, 0, 1)


@each_figure
def test_a_rate_and_only_a_rate_divides_and_has_a_name_that_says_so(figure):
    assert ("÷" in figure.formula) is (figure.kind in (Kind.RATE, Kind.SCORE))
    assert bool(re.search("率(（.+）)?$", figure.name)) is (figure.kind is Kind.RATE)


@each_figure
def test_a_figure_counts_items_or_rounds_or_days_and_says_which(figure):
    units = {Kind.MIDDLE: {"个工作日"}, Kind.SCORE: {"分"}}
    assert figure.unit in units.get(figure.kind, {"条", "件", "件次", "项"})


def test_names_are_told_apart():
    names = [figure.name for figure in FIGURES.values()]
    assert len(set(names)) == len(names)


def test_the_figures_stand_in_the_order_of_the_sections():
    sections = [figure.section for figure in FIGURES.values()]
    assert sections == sorted(sections)
    assert set(sections) == set(SECTIONS)


def test_only_what_ledgers_lack_is_told_as_no_data():
    lacking = {figure.slug for figure in FIGURES.values() if not figure.fed_by_ledgers}
    assert lacking == {"response_rate", "repeat_rate"}


def test_the_definition_of_due_soon_names_the_default_that_the_rule_has():
    assert f"{DUE_SOON_WORKING_DAYS}个工作日内" in FIGURES["due_soon"].definition
    assert FIGURES["due_soon"].formula.endswith(f"≤{DUE_SOON_WORKING_DAYS}")


def test_being_late_and_being_on_time_speak_of_the_same_rounds():
    on_time, late = FIGURES["on_time_feedback_rate"], FIGURES["overdue_rate"]
    assert on_time.formula.split("÷")[1] == late.formula.split("÷")[1]
    assert (on_time.more_is, late.more_is) == (1, -1)


def test_the_definition_of_due_soon_follows_the_city():
    told = FIGURES["due_soon"].told(5)
    assert "5个工作日内" in told.definition
    assert told.formula.endswith("≤5")
    assert FIGURES["open"].told(5) is FIGURES["open"]


def test_the_definition_of_the_score_names_the_set_in_force_or_says_example():
    score = FIGURES["satisfaction_score"]
    shipped = score.told(3)
    assert shipped.name == "满意度得分（示例）"
    assert "示例分值：非常满意100、满意70、基本满意60、不满意0、非常不满意0。" in shipped.definition
    decided = points_of("2026-01-01 100/80/60/20/0 测试文件")
    assert decided is not None
    told = score.told(3, decided)
    assert told.name == "满意度得分（测试文件）"
    assert "测试文件分值：非常满意100、满意80、基本满意60、不满意20、" in told.definition
