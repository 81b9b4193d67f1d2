"""The numbers of a chart as a table: every name once, a column for each light that occurs."""

from __future__ import annotations

import pandas as pd
import polars as pl
from streamlit.testing.v1 import AppTest

from dashboard.parts.small_frames import as_pandas


def draw_lights() -> None:
    import pandas as pd

    from dashboard.parts.data_view import lights_view

    counts = [("市水务局", "red", 2), ("市教育局", "green", 5), ("市水务局", "green", 1),
              ("市水务局", "red", 3)]  # fmt: skip
    lights_view(pd.DataFrame(counts, columns=["name", "light", "n"]), "牵头单位")


def test_bars_stacked_by_light_are_told_in_a_line_for_each_name_with_its_sum():
    table = AppTest.from_function(draw_lights).run().dataframe[0].value
    assert list(table.columns) == ["牵头单位", "▲ 逾期", "● 未到期", "在办合计"]
    assert table.to_numpy().tolist() == [["市教育局", 0, 5, 5], ["市水务局", 5, 1, 6]]


def test_texts_of_a_pages_frame_stand_as_pythons_own():
    told = as_pandas(pl.DataFrame({"unit": ["东源县", None], "n": [1, 2]}))
    assert [told["unit"].dtype.storage, pd.Series(["东源县"]).dtype.storage] == ["python", "python"]
    assert told["unit"].isna().tolist() == [False, True]
