"""Import batches that are no ledgers of a sender, but lists of ours that came back filled."""

from __future__ import annotations

CALLBACK_SHEET = "callback"
FEEDBACK_SHEET = "feedback"
RETURN_SHEETS = (CALLBACK_SHEET, FEEDBACK_SHEET)
"""Values of import_batches.kind beside xlsx, xls and csv."""
