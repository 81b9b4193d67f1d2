"""承诺 are entered, changed, reported on, fulfilled, withdrawn; each act can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Engine, delete, insert, select

from data_access.bulk import next_id
from data_access.database import Transaction
from data_access.schema.meetings import commitment_reports, session_commitments
from data_access.writes.commitment_rows import (
    CommitmentWanted,
    Reach,
    carried_on_by,
    commitment_of,
    items_about,
    refused,
    same_refused,
    session_of,
    session_within,
    set_commitment,
    set_items,
    told,
    wanted_refused,
)
from data_access.writes.in_line import in_turn
from data_access.writes.matter_rows import called as called_items
from data_access.writes.matter_rows import tidy
from data_access.writes.record_audit import record_audit
from supervision.commitments import (
    FULFILLED_ALREADY,
    NOT_FULFILLED,
    CommitmentRefused,
    fulfilment_refused,
    report_refused,
)
from supervision.reporters import as_saved
from supervision.scope import Viewer

_ENTITY = "commitment"


def make_commitment(
    engine: Engine, session_id: int, wanted: CommitmentWanted, *, as_of: date, viewer: Viewer
) -> int:
    """A new commitment of a session; its id."""
    wanted, reach = wanted.tidy(), Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        connection = change.connection
        session = session_within(connection, session_id, reach)
        wanted_refused(connection, wanted, session, reach, but=None)
        key = next_id(connection, session_commitments)
        connection.execute(
            insert(session_commitments).values(
                id=key, session_id=session_id, text=wanted.text, promised_by=wanted.promised_by,
                department_id=wanted.department_id, due_on=wanted.due_on,
                made_by=viewer.account,
            )
        )  # fmt: skip
        set_items(change, key, set(wanted.items))
        after = {**told(connection, wanted), "theme": session.theme}
        if wanted.items:
            after["numbers"] = called_items(connection, wanted.items)
        _record(change, viewer, "make_commitment", key, after=after)
        return key


def change_commitment(
    engine: Engine, commitment_id: int, wanted: CommitmentWanted, *, row_version: int, as_of: date,
    viewer: Viewer,
) -> None:  # fmt: skip
    """Other words, promiser, department, day or items; items beyond reach stay with it."""
    wanted, reach = wanted.tidy(), Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        connection = change.connection
        before = commitment_of(connection, commitment_id, row_version, reach)
        wanted = replace(
            wanted, text=as_saved(viewer.scope, wanted.text, before.text),
            promised_by=as_saved(viewer.scope, wanted.promised_by, before.promised_by),
        )  # fmt: skip
        session = session_of(connection, before.session_id)
        wanted_refused(connection, wanted, session, reach, but=commitment_id)
        was = items_about(connection, commitment_id)
        unseen = set() if reach.items is None else was - reach.items
        now = set(wanted.items) | unseen
        set_commitment(
            change, before, text=wanted.text, promised_by=wanted.promised_by,
            department_id=wanted.department_id, due_on=wanted.due_on,
        )  # fmt: skip
        set_items(change, commitment_id, now)
        told_before, told_after = told(connection, before), told(connection, wanted)
        if now != was:
            told_before["numbers"] = called_items(connection, sorted(was))
            told_after["numbers"] = called_items(connection, sorted(now))
        _record(
            change, viewer, "change_commitment", commitment_id,
            before=told_before, after=told_after,
        )  # fmt: skip


def fulfil_commitment(
    engine: Engine, commitment_id: int, fulfilled_on: date | None, evidence: str,
    *, row_version: int, as_of: date, viewer: Viewer,
) -> None:  # fmt: skip
    """Fulfilled on a day, with what shows it."""
    evidence, reach = tidy(evidence), Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        before = commitment_of(change.connection, commitment_id, row_version, reach)
        if before.fulfilled_on is not None:
            raise CommitmentRefused(FULFILLED_ALREADY)
        held_on = session_of(change.connection, before.session_id).held_on
        refused(fulfilment_refused(fulfilled_on, evidence, held_on=held_on, as_of=as_of))
        set_commitment(change, before, fulfilled_on=fulfilled_on, evidence=evidence)
        assert fulfilled_on is not None
        _record(
            change, viewer, "fulfil_commitment", commitment_id,
            after={"called": before.text, **_fulfilment(fulfilled_on, evidence)},
        )  # fmt: skip


def take_back_fulfilment(
    engine: Engine, commitment_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It was not fulfilled after all; the trail keeps what had been said."""
    reach = Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        before = commitment_of(change.connection, commitment_id, row_version, reach)
        if before.fulfilled_on is None:
            raise CommitmentRefused(NOT_FULFILLED)
        holder = carried_on_by(change.connection, before.department_id)
        set_commitment(change, before, fulfilled_on=None, evidence=None, department_id=holder)
        _record(
            change, viewer, "take_back_fulfilment", commitment_id,
            before=_fulfilment(before.fulfilled_on, before.evidence),
            after={"called": before.text},
        )  # fmt: skip


def withdraw_commitment(
    engine: Engine, commitment_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It had been entered by mistake: it is in no list and no figure any more."""
    reach = Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        before = commitment_of(change.connection, commitment_id, row_version, reach)
        set_commitment(change, before, withdrawn_on=as_of)
        _record(
            change, viewer, "withdraw_commitment", commitment_id,
            before=told(change.connection, before), after={"called": before.text},
        )  # fmt: skip


def restore_commitment(
    engine: Engine, commitment_id: int, *, row_version: int, as_of: date, viewer: Viewer
) -> None:
    """It stands again as it was."""
    reach = Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        connection = change.connection
        before = commitment_of(connection, commitment_id, row_version, reach, withdrawn=True)
        same_refused(connection, before.session_id, before.text, before.department_id, but=None)
        set_commitment(change, before, withdrawn_on=None)
        _record(change, viewer, "restore_commitment", commitment_id, after=told(connection, before))


def report_on_commitment(
    engine: Engine, commitment_id: int, told_on: date | None, text: str, *, as_of: date,
    viewer: Viewer,
) -> None:  # fmt: skip
    """How far it has come. The same words for the same day are kept once."""
    text, reach = tidy(text), Reach.of(engine, viewer, as_of)
    refused(report_refused(text, told_on, as_of=as_of))
    with in_turn(engine) as change:
        connection, held = change.connection, commitment_reports.c
        before = commitment_of(connection, commitment_id, None, reach)
        same = select(held.id).where(
            held.commitment_id == commitment_id, held.told_on == told_on, held.text == text
        )
        if connection.execute(same).first() is not None:
            raise CommitmentRefused("同一天已经报过同样的进展，没有重复登记。")
        connection.execute(
            insert(commitment_reports).values(
                id=next_id(connection, commitment_reports), commitment_id=commitment_id,
                told_on=told_on, text=text, told_by=viewer.account,
            )
        )  # fmt: skip
        assert told_on is not None
        _record(
            change, viewer, "report_commitment", commitment_id,
            after={"called": before.text, "on": told_on.isoformat(), "words": text},
        )  # fmt: skip


def take_back_report(engine: Engine, report_id: int, *, as_of: date, viewer: Viewer) -> None:
    """A report that was wrong goes; the trail keeps its words."""
    reach = Reach.of(engine, viewer, as_of)
    with in_turn(engine) as change:
        connection, held = change.connection, commitment_reports.c
        report = connection.execute(
            select(commitment_reports).where(held.id == report_id)
        ).one_or_none()
        if report is None:
            raise CommitmentRefused("这条进展已经撤回，请刷新后再看。")
        before = commitment_of(connection, report.commitment_id, None, reach)
        connection.execute(delete(commitment_reports).where(held.id == report_id))
        _record(
            change, viewer, "take_back_report", before.id,
            before={"on": report.told_on.isoformat(), "words": report.text},
            after={"called": before.text},
        )  # fmt: skip


def _fulfilment(fulfilled_on: date, evidence: str) -> dict[str, object]:
    return {"fulfilled_on": fulfilled_on.isoformat(), "evidence": evidence}


def _record(
    change: Transaction, viewer: Viewer, act: str, key: int, *,
    before: dict[str, object] | None = None, after: dict[str, object],
) -> None:  # fmt: skip
    record_audit(change, viewer, act=act, entity=_ENTITY, entity_id=key, before=before, after=after)
