"""Residents in a ledger, and what the sealed table holds of them. Nobody in it exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.ledger_import.apply import StoredBatch
from data_access.privacy.key_place import KeyPlace
from data_access.schema.accounts import personal_data

HEADINGS = ("编号", "诉求内容", "镇街", "责任单位", "交办时间", "反馈时限", "诉求人", "联系电话",
            "身份证号", "家庭住址", "民族", "办结时间", "事项类型", "是否保密")  # fmt: skip
NAME, PHONE, ADDRESS = "钱多多", "13900001111", "幸福小区八栋101"
IDENTITY, FAITH = "440101199003077758", "某某族"
CONTENT = f"{NAME}（{PHONE}）反映路灯不亮，另一人电话13712345678"
Store = Callable[..., StoredBatch]


def told(number: str = "A1", **said: Any) -> list[Any]:
    """One row of the ledger; Chinese headings name what is different."""
    usual = {
        "编号": number, "诉求内容": CONTENT, "镇街": "船塘镇", "责任单位": "市教育局",
        "交办时间": "2026-11-02", "反馈时限": "2026-11-23", "诉求人": NAME, "联系电话": PHONE,
        "身份证号": IDENTITY, "家庭住址": ADDRESS, "民族": FAITH,
    }  # fmt: skip
    usual.update(said)
    return [usual.get(heading) for heading in HEADINGS]


def kept(engine: Engine) -> list[Any]:
    """All rows of the sealed table."""
    with reading(engine) as connection:
        return list(connection.execute(select(personal_data).order_by(personal_data.c.id)))


def opened(engine: Engine, keys: KeyPlace) -> list[tuple[int, str, str]]:
    """(item, field, clear value) of all rows that are not erased."""
    ring = keys.keyring()
    return [
        (row.item_id, row.field, ring.opened(row.item_id, row.field, row.sealed, row.key_id))
        for row in kept(engine)
        if row.sealed is not None
    ]
