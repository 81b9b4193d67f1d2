"""Lists name the person who did it, not the account."""

from __future__ import annotations

from sqlalchemy import Engine

from data_access.accounts.known import LOCAL
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.ledger_import.apply import store_import
from data_access.reads.imports import import_batch, import_batch_list
from data_access.reads.waiting import waiting_flags
from data_access.writes.acting.said import Said
from data_access.writes.item_act import perform
from supervision.lifecycle import Act
from supervision.scope import Role, Scope, Viewer
from supervision.vocabulary import ReassignReason
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import GOOD_PASSWORD

CITY = Scope.whole_city()


def test_imports_and_flags_name_the_person_and_else_the_account(city: Engine):
    wanted = AccountWanted("lisi", "李示例", frozenset({Role.SUPERVISOR}), CITY)
    create_account(city, wanted, viewer=LOCAL, password=GOOD_PASSWORD)
    who = Viewer("lisi", "李示例", frozenset({Role.SUPERVISOR}), CITY)
    store_import(city, judged_ledger(ledger_row()), viewer=who, as_of=TODAY)
    again = judged_ledger(ledger_row(row=9, number="B9", title="另一件"))
    store_import(city, again, viewer=SUPERVISOR, as_of=TODAY)
    listed = import_batch_list(city, scope=CITY, as_of=TODAY)
    assert list(listed["stored_by"]) == [SUPERVISOR.account, "李示例"]
    one = import_batch(city, scope=CITY, as_of=TODAY, batch_id=1)
    assert one is not None
    assert one.batch["stored_by"] == "李示例"
    flag, said = Act.FLAG_FOR_REASSIGNMENT, Said(reassign_reason=ReassignReason.DISSATISFIED)
    done = perform(city, flag, {1: 1}, said, viewer=who, as_of=TODAY, token="once")
    assert len(done.done) == 1
    flagged = waiting_flags(city, scope=CITY, as_of=TODAY)
    assert list(flagged["asked_by"]) == ["李示例"]
