"""Words that people type: no number of a resident stays in the store, least of all in the audit."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.privacy.erasure import erase, items_named
from data_access.privacy.key_place import KeyPlace
from data_access.privacy.keys import new_key
from data_access.reads.item_acts import item_acts_of
from data_access.reads.waiting import waiting_flags
from data_access.schema.base import audit
from data_access.schema.items import items, reassignment_flags
from data_access.writes.acting.said import Said
from data_access.writes.counter_act import counter_act
from data_access.writes.export import Export, record_export
from data_access.writes.item_act import perform
from supervision.beside_acts import BesideAct
from supervision.scope import Scope
from supervision.vocabulary import ReassignReason
from tests.acting import OFFICER, Walk, a_token, flagged
from tests.factories import SUPERVISOR, TODAY
from tests.residents import NAME, Store, told

CITY = Scope.whole_city()

PHONE, IDENTITY = "13666668888", "440101199003077758"
WORDS = f"来电人钱多多（{PHONE}，身份证{IDENTITY}）说没有修好"


def _flagged(city: Engine) -> None:
    with reading(city) as connection:
        versions = {row.id: row.row_version for row in connection.execute(select(items))}
    ended = flagged(city, versions, reason=ReassignReason.OTHER, words=WORDS)
    assert ended.refused == ()


def _all_text(city: Engine) -> str:
    with reading(city) as connection:
        rows = [*connection.execute(select(audit)), *connection.execute(select(reassignment_flags))]
    return "\n".join(map(str, rows))


def test_numbers_in_reasons_and_searches_are_kept_masked(city: Engine, store: Store):
    store(told("A1", 办结时间="2026-11-20"), told("A2"))
    _flagged(city)
    record_export(
        city,
        Export("清单", ["县(区)：东源县", f"搜索：{PHONE}"], 3, "清单.xlsx"),
        viewer=SUPERVISOR,
    )
    erase(city, items_named(city, "A1"), reason=f"机主{PHONE}申请删除", viewer=SUPERVISOR)
    told_now = _all_text(city)
    assert told_now.count("136****8888") >= 4
    assert "说没有修好" in told_now
    for secret in (PHONE, IDENTITY, "钱多多"):
        assert secret not in told_now


def test_a_department_reads_no_trace_of_the_resident_in_why_its_item_was_flagged(
    city: Engine, store: Store
):
    store(told("A1"))
    _flagged(city)
    everyone = waiting_flags(city, scope=Scope.whole_city(), as_of=TODAY)
    assert "136****8888" in everyone["words"][0]
    department = Scope(departments=frozenset({"市教育局"}))
    seen = waiting_flags(city, scope=department, as_of=TODAY)["words"][0]
    assert "说没有修好" in seen
    assert "*" not in seen


def test_the_items_own_resident_is_hidden_in_what_is_typed_about_it(
    city: Engine, store: Store, keys: KeyPlace
):
    store(told("A1"))
    walk = Walk(city, items_named(city, "A1")[0])
    said = Said(text=f"{NAME}很满意，{NAME}的邻居钱多也来电", evidence=(f"{NAME}签字.pdf",))
    asked = {"viewer": OFFICER, "as_of": TODAY, "token": a_token()}
    done = perform(city, BesideAct.NOTE, {walk.item_id: 1}, said, keys=keys, **asked)
    assert done.done
    (line,) = item_acts_of(city, scope=CITY, as_of=TODAY, item_id=walk.item_id)
    assert (line.words, line.evidence) == ("钱**很满意，钱**的邻居钱多也来电", ("钱**签字.pdf",))
    back = counter_act(
        city, done.done[0].act_id, 2, f"{NAME}说错了", keys=keys, **asked | {"token": a_token()}
    )
    assert back.done
    assert NAME not in _all_text(city)
    own = Scope(departments=frozenset({"市教育局"}))
    line, _undone = item_acts_of(city, scope=own, as_of=TODAY, item_id=walk.item_id)
    assert (line.words, line.evidence) == (
        "＊＊＊很满意，＊＊＊的邻居钱多也来电",
        ("＊＊＊签字.pdf",),
    )


def test_an_act_is_done_where_no_key_is_at_hand(city: Engine, store: Store):
    store(told("A1"))
    walk = Walk(city, items_named(city, "A1")[0])
    for place in (None, KeyPlace(new_key()), KeyPlace()):
        asked = {"viewer": OFFICER, "as_of": TODAY, "token": a_token(), "keys": place}
        version = {walk.item_id: walk.item["row_version"]}
        assert perform(city, BesideAct.NOTE, version, Said(text="已核实"), **asked).done
