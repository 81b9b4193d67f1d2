"""The door for 类案, which are made of items, and for the hotline's ledgers of counts."""

from __future__ import annotations

from datetime import date

from dashboard.engine import engine
from dashboard.identity import behind, require
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

make_matter = behind(Right.KEEP_MATTERS, class_matters.make_matter)
change_matter = behind(Right.KEEP_MATTERS, class_matters.change_matter)
add_to_matter = behind(Right.KEEP_MATTERS, class_matters.add_to_matter)
take_from_matter = behind(Right.KEEP_MATTERS, class_matters.take_from_matter)
take_out = behind(Right.KEEP_MATTERS, class_matters.take_out)
close_matter = behind(Right.KEEP_MATTERS, class_matters.close_matter)
reopen_matter = behind(Right.KEEP_MATTERS, class_matters.reopen_matter)
store_hotline = behind(Right.COUNT_HOTLINE, _hotline.store_hotline)
undo_hotline = behind(Right.COUNT_HOTLINE, _hotline.undo_hotline)


def judge_hotline(workbook: Workbook, *, as_of: date, viewer: Viewer) -> HotlineSheet:
    """Every count of an opened workbook and every fault, or HotlineRefused; stores nothing."""
    require(viewer, Right.COUNT_HOTLINE)
    return _judged_hotline(engine(), workbook, as_of=as_of)
