"""Tiles, charts and the honeycomb, each telling what was clicked."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.parts import charts, maps
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.panels import chart_panel, map_panel
from dashboard.parts.style import is_dark
from dashboard.parts.tiles import Direction, Tile, tile_row
from dashboard.parts.trend import month_trend
from supervision.scope import Scope

AS_OF = date(2026, 3, 3)
ROWS = Path(__file__).parent / "rows.py"
dark = is_dark()

tile_row(
    [
        Tile("open", "在办", "18", ROWS, unit="件", basis="本月交办 4 件"),
        Tile(
            "overdue", "逾期未反馈", "7", ROWS, unit="件", basis="7/18 件", change=2,
            direction=Direction.MORE_IS_WORSE, late=True, query={"light": "red"},
        ),
        *[Tile(f"n{i}", "按期反馈率", "93.5%", ROWS, basis="58/62 件") for i in range(5)],
    ]
)  # fmt: skip
counts = pd.DataFrame(
    [(1, "市住建局", "red", 4), (1, "市住建局", "green", 2), (2, "市城管局", "red", 3)],
    columns=["department", "short_name", "light", "n"],
)
department = chart_panel(charts.open_by_department(counts, dark=dark), key="dept", lamps=True)
st.text(f"单位 {[row['department'] for row in department]}")
tiles = honeycomb().tiles
places = pd.DataFrame({"code": [t.code for t in tiles], "n": [i % 13 for i in range(len(tiles))]})
town = map_panel(maps.township_honeycomb(places, dark=dark, scope=Scope.whole_city()), key="town")
st.text(f"镇街 {town or '无'}")
months = pd.DataFrame(
    {"month": [date(2026, 1, 1), date(2026, 2, 1)], "came_in": [5, 7], "closed": [3, 4]}
)
chart_panel(month_trend(months, dark=dark, as_of=AS_OF), key="trend")
due = pd.DataFrame({"due_on": [AS_OF + timedelta(days=2)], "n": [3]})
chart_panel(charts.due_calendar(due, dark=dark, as_of=AS_OF), key="due")
chart_panel(charts.ageing(pd.DataFrame({"days_overdue": [3], "n": [2]}), dark=dark), key="age")
