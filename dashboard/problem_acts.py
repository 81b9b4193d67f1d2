"""The door for 类案, which are made of items, and for the hotline's ledgers of counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from dashboard.engine import engine
from dashboard.identity import require
from data_access.hotline_sheet import HotlineSheet
from data_access.hotline_sheet import judged_hotline as _judged_hotline
from data_access.ledger_import.model import Workbook
from data_access.writes import class_matters
from data_access.writes import hotline as _hotline
from data_access.writes.class_matters import Gathered
from data_access.writes.hotline import StoredHotline
from data_access.writes.matter_rows import MatterWanted
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = ["Gathered", "HotlineSheet", "MatterWanted", "StoredHotline"]


def make_matter(
    wanted: MatterWanted, item_ids: Collection[int], *, token: str, as_of: date, viewer: Viewer
) -> Gathered:
    """A new 类案 of these items, or MatterRefused."""
    require(viewer, Right.KEEP_MATTERS)
    return class_matters.make_matter(
        engine(), wanted, item_ids, token=token, as_of=as_of, viewer=viewer
    )


def change_matter(
    matter_id: int, wanted: MatterWanted, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Another name, lead or measures."""
    require(viewer, Right.KEEP_MATTERS)
    class_matters.change_matter(
        engine(), matter_id, wanted, row_version=row_version, as_of=as_of, viewer=viewer
    )


def add_to_matter(
    matter_id: int, item_ids: Collection[int], *, as_of: date, viewer: Viewer
) -> Gathered:
    """These items belong to it too."""
    require(viewer, Right.KEEP_MATTERS)
    return class_matters.add_to_matter(engine(), matter_id, item_ids, as_of=as_of, viewer=viewer)


def take_from_matter(
    matter_id: int, item_ids: Collection[int], *, as_of: date, viewer: Viewer
) -> int:
    """These items belong to it no more."""
    require(viewer, Right.KEEP_MATTERS)
    return class_matters.take_from_matter(engine(), matter_id, item_ids, as_of=as_of, viewer=viewer)


def take_out(item_ids: Collection[int], *, as_of: date, viewer: Viewer) -> int:
    """These items belong to no 类案 any more."""
    require(viewer, Right.KEEP_MATTERS)
    return class_matters.take_out(engine(), item_ids, as_of=as_of, viewer=viewer)


def close_matter(
    matter_id: int, result: str, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """Solved as a class, with what came of it."""
    require(viewer, Right.KEEP_MATTERS)
    class_matters.close_matter(
        engine(), matter_id, result, row_version=row_version, as_of=as_of, viewer=viewer
    )


def reopen_matter(matter_id: int, *, row_version: int, as_of: date, viewer: Viewer) -> None:
    """Taken up again."""
    require(viewer, Right.KEEP_MATTERS)
    class_matters.reopen_matter(
        engine(), matter_id, row_version=row_version, as_of=as_of, viewer=viewer
    )


def judge_hotline(workbook: Workbook, *, as_of: date, viewer: Viewer) -> HotlineSheet:
    """Every count of an opened workbook and every fault, or HotlineRefused."""
    require(viewer, Right.COUNT_HOTLINE)
    return _judged_hotline(engine(), workbook, as_of=as_of)


def store_hotline(sheet: HotlineSheet, *, viewer: Viewer) -> StoredHotline:
    """Store a ledger of counts whole, or HotlineRefused."""
    require(viewer, Right.COUNT_HOTLINE)
    return _hotline.store_hotline(engine(), sheet, viewer=viewer)


def undo_hotline(import_id: int, *, viewer: Viewer) -> int:
    """As if it had never been stored."""
    require(viewer, Right.COUNT_HOTLINE)
    return _hotline.undo_hotline(engine(), import_id, viewer=viewer)
