"""Frames of a page's few rows, from polars to what pandas and charts take."""

from __future__ import annotations

import pandas as pd
import polars as pl


def as_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """The same rows. In this thread: others wake later than the work of a few rows takes."""
    return frame.to_pandas(use_threads=False)
