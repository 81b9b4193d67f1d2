"""口径 beside a figure: its formula with the numbers, what it leaves out, as of when."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.parts.about import about_figure
from dashboard.parts.sentences import since_session_sentence
from dashboard.parts.tiles import Tile, tile_html
from dashboard.parts.trend import month_trend
from dashboard.reads import Period
from supervision.figures import FIGURES

DAY = date(2026, 11, 25)
NOVEMBER = Period(date(2026, 11, 1), DAY)


def test_a_rate_is_told_with_its_numbers_what_it_leaves_out_and_its_days():
    figure = FIGURES["on_time_feedback_rate"]
    told = about_figure(
        figure, n=82, of=92, beside={"due_left_out": 3, "on_time_after_extension": 1},
        as_of=DAY, period=NOVEMBER,
    )  # fmt: skip
    assert told == (
        figure.definition,
        "算式：按期反馈件次÷到期件次＝82÷92 件次＝89.13%",
        "另列：延期后按期反馈 1 件次，到期未计入 3 件次",
        "统计期 2026-11-01 至 2026-11-25，截至 2026-11-25",
    )


def test_a_state_has_no_period_and_nothing_of_nothing_is_no_rate():
    told = about_figure(FIGURES["overdue_open"], n=8, of=None, beside={}, as_of=DAY)
    assert told[1:] == ("算式：期限早于当日且无反馈＝8 件", "截至 2026-11-25")
    told = about_figure(FIGURES["closure_rate"], n=0, of=0, beside={}, as_of=DAY, period=NOVEMBER)
    assert told[1] == "算式：已办结÷受理＝0÷0 件＝—"


def test_what_stands_beside_a_figure_is_itself_registered():
    for figure in FIGURES.values():
        assert set(figure.beside) <= set(FIGURES)
        assert figure.slug not in figure.beside


def test_a_tile_opens_its_words_as_text():
    drawn = tile_html(Tile("open", "在办", "3", "items.py", about=("共 <b>3</b> 件",)))
    assert 'aria-label="在办的口径"' in drawn
    assert "<p>共 &lt;b&gt;3&lt;/b&gt; 件</p>" in drawn
    assert "details" not in tile_html(Tile("open", "在办", "3", "items.py"))


@pytest.mark.parametrize(
    ("n", "before", "word"), [(9, 6, "增加 3 件"), (6, 9, "减少 3 件"), (6, 6, "持平")]
)
def test_the_sentence_since_the_last_session_says_which_way(n, before, word):
    told = since_session_sentence(
        {"open": {"n": n}}, held_on=date(2026, 11, 9), theme="交通出行", stock={"open": before},
        came_in=5, closed=2, as_of=DAY,
    )  # fmt: skip
    assert told == f"自11月9日“交通出行”面对面以来：新增 5 件，办结 2 件，在办{word}。"


def test_a_session_of_another_year_is_told_with_its_year():
    told = since_session_sentence(
        {"open": {"n": 1}}, held_on=date(2025, 12, 9), theme="交通出行", stock={"open": 1},
        came_in=0, closed=0, as_of=DAY,
    )  # fmt: skip
    assert told.startswith("自2025年12月9日“交通出行”面对面以来")


def test_the_trend_is_told_against_last_year_only_where_last_year_tells_anything():
    months = pd.DataFrame(
        [(date(2026, 9, 1), 5, 4, 0, 0), (date(2026, 10, 1), 30, 20, 20, 8),
         (DAY.replace(day=1), 9, 9, 40, 40)],
        columns=["month", "came_in", "closed", "came_in_before", "closed_before"],
    )  # fmt: skip
    chart = month_trend(months, dark=False, as_of=DAY)
    assert chart.note.endswith("10月新增同比上升50.00%，办结同比由8变为20")
    before = chart.frame[chart.frame["series"] == "before"]
    assert before["n"].tolist() == [20], "no month without a base, and not the unfinished one"
    silent = months.assign(came_in_before=0, closed_before=0)
    assert "同比" not in month_trend(silent, dark=False, as_of=DAY).note.replace("不作同比", "")
