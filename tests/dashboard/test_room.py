"""Room for what is drawn late: as tall as its lines, in steps that the style sheet knows."""

from __future__ import annotations

import pandas as pd

from dashboard.parts.charts import spec
from dashboard.parts.room import MOST, STEP, chart_height
from dashboard.web_frame import STATIC


def test_the_style_sheet_knows_every_step():
    sheet = (STATIC / "pages.css").read_text(encoding="utf-8")
    for n in range(1, MOST + 1):
        rule = sheet.partition(f'[class*="st-key-tall_{n}_"]')[2].partition("}")[0]
        assert f"min-height: {n * STEP}px" in rule


def test_bars_are_as_tall_as_there_are_lines_and_curves_as_their_chart():
    bars = spec("open_by_department", dark=False)
    one, three = (
        chart_height(bars, pd.DataFrame({"short_name": names}))
        for names in (["甲", "甲"], ["甲", "乙", "丙"])
    )
    assert three - one == 2 * bars["height"]["step"]
    curves = spec("volumes", dark=False)
    assert chart_height(curves, pd.DataFrame({"value": [1]})) > curves["height"]
