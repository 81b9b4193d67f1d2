"""Frames of a page's few rows, from polars to what pandas and charts take."""

from __future__ import annotations

import pandas as pd
import polars as pl

# Texts stand in a frame as Python's own: in Arrow's memory each look at a few rows costs several
# times as much, and a rerun looks a thousand times. Both read alike, also where nothing is told.
pd.set_option("mode.string_storage", "python")


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """The same rows. In this thread: others wake later than the work of a few rows takes."""
    return frame.to_pandas(use_threads=False)
