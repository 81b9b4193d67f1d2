"""Charts of 部门 and 时限 as frames: holidays by name, rates with cases, small ones hollow."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.due.calendar import WEEKS, named_calendar
from dashboard.parts import charts
from dashboard.parts.heat_charts import Heat, heat
from dashboard.parts.map_scales import OPEN
from dashboard.parts.rate_charts import rate_trend
from supervision.metrics import Rate

BEFORE_THE_HOLIDAY = date(2026, 9, 14)
REST = {date(2026, 10, 1): "国庆节", date(2026, 9, 19): "周六", date(2026, 10, 2): "国庆节"}
WORK = {date(2026, 9, 20): "调休上班日"}


def calendar(*rows: tuple[date, int]) -> pd.DataFrame:
    due = pd.DataFrame(rows, columns=["due_on", "n"])
    chart = named_calendar(
        due, rests=REST, works=WORK, weeks=WEEKS, dark=False, as_of=BEFORE_THE_HOLIDAY
    )
    return chart.frame.set_index("day") if not chart.is_empty else chart.frame


def test_a_holiday_has_its_name_and_a_make_up_day_its_mark():
    cells = calendar((date(2026, 10, 2), 3), (date(2026, 10, 9), 1))
    assert len(cells) == 7 * WEEKS
    assert cells.loc["2026-10-01", "label"] == "国庆"
    assert cells.loc["2026-10-01", "day_word"].endswith("，国庆节")
    assert cells.loc["2026-09-19", "label"] == "休"
    assert cells.loc["2026-09-20", "date"].endswith("班")


def test_what_falls_due_on_a_rest_day_keeps_its_number():
    assert calendar((date(2026, 10, 2), 3)).loc["2026-10-02", "label"] == "3"


def test_weeks_without_anything_due_are_a_sentence():
    assert calendar().empty


def trend(*rates: tuple[int, int]) -> charts.Chart:
    months = [(date(2026, 8 + n, 1), Rate(*rate)) for n, rate in enumerate(rates)]
    return rate_trend(
        months, name="按期反馈率", note="按期限所在月份", dark=False,
        as_of=date(2026, 10, 20), small_sample=10,
    )  # fmt: skip


def test_a_rate_through_the_months_is_pooled_and_never_averaged():
    chart = trend((1, 1), (50, 100), (0, 0))
    assert chart.headline == "近 3 个月按期反馈率 50.50%（51/101）"
    assert chart.frame["quiet"].tolist() == [True, False, True]
    assert chart.frame["label"].tolist() == ["", "50.00%", ""]
    assert chart.frame["share"].isna().tolist() == [False, False, True]


def test_a_year_without_cases_is_a_sentence_and_no_axes():
    chart = trend((0, 0), (0, 0))
    assert (chart.is_empty, chart.headline) == (True, "近 2 个月没有计入按期反馈率的件次")


@pytest.mark.parametrize("dark", [False, True])
def test_its_specification_carries_no_data_and_only_fields_of_its_frame(dark: bool):
    spec = charts.spec("rate_trend", dark=dark)
    assert "data" not in spec
    told = repr(spec)
    for field in ("month", "share", "percent", "cases", "label"):
        assert f"'{field}'" in told
        assert field in trend((1, 2)).frame


def test_names_of_many_counties_above_a_heat_map_are_turned_where_there_is_no_room():
    scale = OPEN
    chart = heat(
        [Heat(1, "饮水", 1, "东岭县", 3)], scale=scale, counties=[(1, "东岭县")], dark=False
    )
    axis = chart.spec["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelAngle"]["expr"] == "bandwidth('x') < (width < 520 ? 26 : 52) ? 270 : 0"
