"""The door for asking about 数据质量, for those who may: lists empty as one works."""

from __future__ import annotations

from datetime import date

from dashboard import reads
from dashboard.engine import engine
from dashboard.identity import require
from data_access.reads.quality import QualityEntry, QualityRows
from data_access.reads.quality import quality_rows as _quality_rows
from supervision.quality import QualityList
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = ["QualityEntry", "QualityRows"]


def quality(viewer: Viewer, as_of: date) -> tuple[QualityEntry, ...]:
    """Every list with its count."""
    require(viewer, Right.CHECK_QUALITY)
    return reads.quality_counts(reads.change(), viewer.scope, as_of)


def quality_rows(
    viewer: Viewer, as_of: date, slug: QualityList, after: str | None = None
) -> QualityRows:
    """The rows of one list after the row keyed `after`."""
    require(viewer, Right.CHECK_QUALITY)
    return _quality_rows(engine(), scope=viewer.scope, as_of=as_of, slug=slug, after=after)
