"""Frames of a page's few rows, from polars to what pandas and charts take."""

from __future__ import annotations

import pandas as pd
import polars as pl

from dashboard.parts.safe import clean

# Texts stand in a frame as Python's own: in Arrow's memory each look at a few rows costs several
# times as much, and a rerun looks a thousand times. Both read alike, also where nothing is told.
pd.set_option("mode.string_storage", "python")


def clean_texts(told: pd.Series) -> list[str | None]:
    """The texts of a column as they may be shown; None where nothing is told."""
    return [None if pd.isna(text) else clean(text) for text in told.tolist()]


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """The same rows. In this thread: others wake later than the work of a few rows takes."""
    return frame.to_pandas(use_threads=False)
