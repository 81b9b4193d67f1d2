"""Room that is kept for what is drawn late, so that nothing below it jumps when it comes.

Charts and tables get their height from programs that the browser loads after the page's words.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.parts.chart_specs import Spec

STEP, MOST = 40, 20
"""Pixels of one step, and how many steps static/pages.css knows (`tall_1` to `tall_20`)."""
_AROUND_A_CHART = 36
"""Pixels of an axis or a legend."""


def room_for(pixels: int, key: str) -> DeltaGenerator:
    """A container that is about so tall until what it holds is drawn, and then as tall as that."""
    steps = min(max(round(pixels / STEP), 1), MOST)
    return st.container(key=f"tall_{steps}_{key}")


def chart_height(spec: Spec, frame: pd.DataFrame) -> int:
    """Pixels that a chart will take: its own height, or a step for each line it names."""
    height = spec.get("height", 0)
    if isinstance(height, dict):
        field = _named_lines(spec)
        height = height["step"] * (frame[field].nunique() if field in frame else 1)
    return int(height) + _AROUND_A_CHART


def _named_lines(spec: Spec) -> str:
    """The field whose values stand one below the other."""
    layers = spec.get("layer", [spec])
    fields = (layer.get("encoding", {}).get("y", {}).get("field") for layer in layers)
    return next((field for field in fields if field), "")
