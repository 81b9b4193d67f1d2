"""The door for saved views: which there are, and saving, changing and deleting them.

Whoever reads one that others share reads it with his own rights: a view is an address.
"""

from __future__ import annotations

from dashboard.engine import engine
from dashboard.identity import require
from data_access.saved_views import SavedView
from data_access.saved_views import views_open_to as _views_open_to
from data_access.writes import saved_views as _writes
from data_access.writes.saved_views import LONGEST_NAME, ViewRefused
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = ["LONGEST_NAME", "SavedView", "ViewRefused"]


def views_open_to(*, viewer: Viewer) -> tuple[SavedView, ...]:
    """One's own and the shared ones; never remembered."""
    require(viewer, Right.VIEW_ITEMS)
    return _views_open_to(engine(), viewer)


def save_view(name: str, *, page: str, query: str, shared: bool, viewer: Viewer) -> int:
    """Keep an address under a name, or ViewRefused."""
    require(viewer, Right.SHARE_VIEWS if shared else Right.VIEW_ITEMS)
    return _writes.save_view(engine(), name, page=page, query=query, shared=shared, viewer=viewer)


def change_view(view_id: int, name: str, *, shared: bool, row_version: int, viewer: Viewer) -> None:
    """Another name, shared or no longer, or ViewRefused."""
    require(viewer, Right.SHARE_VIEWS if shared else Right.VIEW_ITEMS)
    _writes.change_view(
        engine(), view_id, name, shared=shared, row_version=row_version, viewer=viewer
    )


def delete_view(view_id: int, *, row_version: int, viewer: Viewer) -> None:
    """Forget a view, or ViewRefused."""
    require(viewer, Right.VIEW_ITEMS)
    _writes.delete_view(engine(), view_id, row_version=row_version, viewer=viewer)
