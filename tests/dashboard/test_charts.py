import copy
from datetime import date

import altair as alt
import jsonschema
import pandas as pd
import pytest

from dashboard.parts import chart_specs, charts, map_specs, maps
from dashboard.parts.charts import ageing, due_calendar, open_by_department
from dashboard.parts.theme import DARK, LAMPS, LIGHT, ink_on, lamp_word
from dashboard.parts.trend import month_trend
from supervision.vocabulary import Light

AS_OF = date(2026, 3, 3)
NAMES = ("open_by_department", "month_trend", "due_calendar", "ageing")


def counts(*rows):
    return pd.DataFrame(rows, columns=["department", "light", "n"])


def months(*rows):
    return pd.DataFrame(rows, columns=["month", "came_in", "closed"])


def due(*rows):
    return pd.DataFrame(rows, columns=["due_on", "n"])


def overdue(*rows):
    return pd.DataFrame(rows, columns=["days_overdue", "n"])


EMPTY = [
    lambda: open_by_department(counts(), dark=False),
    lambda: month_trend(months(), dark=False, as_of=AS_OF),
    lambda: due_calendar(due(), dark=False, as_of=AS_OF),
    lambda: ageing(overdue(), dark=False),
]


@pytest.mark.parametrize("chart", EMPTY, ids=NAMES)
def test_an_empty_frame_gives_a_sentence_and_no_axes(chart):
    made = chart()
    assert made.is_empty
    assert made.headline


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_specification_is_built_once_and_carries_no_data(name, dark):
    spec = charts.spec(name, dark=dark)
    assert spec is charts.spec(name, dark=dark)
    assert "data" not in spec
    assert "datasets" not in spec
    assert spec["width"] == "container"
    assert spec["config"]["locale"]["time"]["months"][0] == "1月"


def test_every_specification_is_true_to_the_schema_of_vega_lite():
    """The server builds them without looking: here is where a misspelled one is found."""
    charts.build_all()
    maps.build_all()
    built = {**chart_specs._built, **map_specs._built}
    assert {name for name, *_ in built} >= set(chart_specs._BUILDERS)
    for spec in built.values():
        alt.TopLevelSpec.validate({**spec, "data": {"name": "rows"}})


def test_a_misspelled_specification_is_found():
    wrong = copy.deepcopy(charts.spec("ageing", dark=False))
    wrong["layer"][0]["encoding"]["x"]["type"] = "nomnal"
    with pytest.raises(jsonschema.ValidationError):
        alt.TopLevelSpec.validate({**wrong, "data": {"name": "rows"}})


def fields_of(part):
    if isinstance(part, dict):
        if isinstance(part.get("field"), str):
            yield part["field"]
        for inner in part.values():
            yield from fields_of(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from fields_of(inner)


@pytest.mark.parametrize(
    ("name", "chart"),
    [
        ("open_by_department", open_by_department(counts((1, "red", 2)), dark=False)),
        ("month_trend", month_trend(months((date(2026, 1, 1), 1, 2)), dark=False, as_of=AS_OF)),
        ("due_calendar", due_calendar(due((AS_OF, 1)), dark=False, as_of=AS_OF)),
        ("ageing", ageing(overdue((3, 1)), dark=False)),
    ],
)
def test_every_field_of_a_specification_is_an_ascii_column_of_its_frame(name, chart):
    fields = set(fields_of(charts.spec(name, dark=False))) - {"middle"}
    assert fields <= set(chart.frame.columns)
    assert all(column.isascii() for column in chart.frame.columns)


def test_departments_stand_worst_first_and_bars_add_up():
    chart = open_by_department(
        counts((1, "green", 9), (2, "red", 1), (3, "red", 4), (3, "hanging", 2)), dark=False
    )
    bars = chart.frame[chart.frame["kind"] == "bar"]
    assert list(dict.fromkeys(bars["department"])) == [3, 2, 1]
    third = bars[bars["department"] == 3]
    assert list(zip(third["start"], third["end"], strict=True)) == [(0, 4), (4, 6)]
    totals = chart.frame[chart.frame["kind"] == "total"]
    assert list(totals["label"]) == ["共 6", "共 1", "共 9"]


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ([(1, "green", 3)], "在办 3 件，没有逾期"),
        ([("甲局", "red", 3)], "逾期 3 件，全在甲局"),
        ([("甲局", "red", 3), ("乙局", "red", 1)], "逾期 4 件，均在甲局、乙局"),
        ([("甲局", "red", 3), (0, "red", 1)], "逾期 4 件，甲局 3 件，牵头单位不明 1 件"),
        ([(0, "red", 1)], "逾期 1 件，牵头单位都不明"),
        (
            [("甲", "red", 5), ("乙", "red", 4), ("丙", "red", 2), ("丁", "red", 1)],
            "甲、乙、丙三家占全部逾期事项的 92%（11/12）",
        ),
    ],
)
def test_the_headline_says_who_owes(rows, headline):
    assert open_by_department(counts(*rows), dark=False).headline == headline


def test_departments_beyond_the_most_are_counted_not_hidden():
    chart = open_by_department(counts(*[(i, "red", 1) for i in range(15)]), dark=False, most=12)
    assert chart.frame["department"].nunique() == 12
    assert "另有 3 家单位未列出" in chart.note


def test_the_unfinished_month_is_hollow_and_never_the_headline():
    chart = month_trend(
        months((date(2026, 3, 1), 1, 9), (date(2026, 2, 1), 6, 4)), dark=False, as_of=AS_OF
    )
    assert chart.headline == "2026年2月新增 6 件、办结 4 件，新增多于办结 2 件"
    hollow = chart.frame[chart.frame["unfinished"]]
    assert set(hollow["month_word"]) == {"2026年3月（至3日）"}
    assert set(hollow["label"]) == {""}


def test_a_month_without_anything_is_not_called_balanced():
    chart = month_trend(
        months((date(2026, 1, 1), 6, 4), (date(2026, 2, 1), 0, 0)), dark=False, as_of=AS_OF
    )
    assert chart.headline == "2026年2月没有新增和办结"


def test_months_in_which_nothing_happened_are_a_sentence_and_no_axes():
    chart = month_trend(
        months((date(2026, 3, 1), 0, 0), (date(2026, 2, 1), 0, 0)), dark=False, as_of=AS_OF
    )
    assert (chart.headline, chart.is_empty) == ("近 2 个月没有新增和办结", True)


def test_the_ink_of_a_calendars_cell_stands_out_on_its_strength():
    for colours in (LIGHT, DARK):
        for fill in colours.load:
            assert contrast(ink_on(fill), fill) >= 4.5, fill


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""
    lights = sorted(sum(w * _linear(int(c[i : i + 2], 16) / 255)
                        for i, w in ((1, 0.2126), (3, 0.7152), (5, 0.0722)))
                    for c in (one, other))  # fmt: skip
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def test_the_calendar_starts_on_monday_and_marks_what_is_past():
    chart = due_calendar(due((date(2026, 3, 2), 2), (date(2026, 3, 5), 7)), dark=False, as_of=AS_OF)
    cells = chart.frame.set_index("day")
    assert chart.frame["day"].iloc[0] == "2026-03-02"
    assert len(cells) == 28
    assert cells.loc["2026-03-02", "label"] == "▲2"
    assert bool(cells.loc["2026-03-03", "today"])
    assert cells.loc["2026-03-07", "label"] == "休"
    assert chart.headline == "今起至下周日 7 件到期；3月5日最集中（7 件）"


def test_the_calendar_asks_who_knows_the_days_of_rest():
    worked_saturday = date(2026, 3, 7)
    chart = due_calendar(
        due((AS_OF, 1)), dark=False, as_of=AS_OF, rests=lambda day: day != worked_saturday
    )
    assert chart.frame.set_index("day").loc["2026-03-07", "label"] == "—"


def test_ageing_bands_hold_their_last_day():
    chart = ageing(overdue((5, 1), (6, 2), (15, 4), (16, 8), (30, 16), (31, 32)), dark=False)
    assert list(chart.frame["n"]) == [1, 6, 24, 32]
    assert chart.headline == "逾期 63 件中，56 件已超过 15 日（56/63）"


@pytest.mark.parametrize(
    ("counted", "words"),
    [([(16, 2)], "逾期 5 件中，2 件已超过 15 日（2/2），另有 3 件逾期天数待核"),
     ([(16, 0)], "逾期 3 件，逾期天数待核")],
)  # fmt: skip
def test_what_no_calendar_counts_is_told_beside_the_bands(counted, words):
    chart = ageing(overdue(*counted), dark=False, uncounted=3)
    assert (chart.headline, chart.is_empty) == (words, not counted[0][1])


def test_every_light_has_its_own_sign_and_word():
    assert set(LAMPS) == set(Light)
    assert len({lamp.sign for lamp in LAMPS.values()}) == len(LAMPS)
    assert lamp_word("red") == "▲ 逾期"
    assert lamp_word("别的") == "别的"


@pytest.mark.parametrize(("fill", "ink"), [("#A8201A", "#FFFFFF"), ("#F0A92E", "#1B2733")])
def test_labels_on_red_are_white_and_on_amber_dark(fill, ink):
    assert ink_on(fill) == ink
