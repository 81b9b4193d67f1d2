"""登记立项 by hand: the fields of a new item, and the open items it may repeat."""

from __future__ import annotations

import streamlit as st

from dashboard import form_reads
from dashboard.item_acts import Reporter, Said
from dashboard.item_forms import fields
from dashboard.item_forms.sheet import ActForm, Sheet
from dashboard.parts.safe import plain
from supervision.beside_acts import AnyAct
from supervision.lifecycle import Act


def _register(sheet: Sheet) -> Said:
    names = sheet.names
    origins = form_reads.form_choices(sheet.who.scope, sheet.as_of).origins
    title = fields.line(sheet, "title", "标题", hint="一句话说清什么地方什么事")
    content = fields.words(sheet, "content", "诉求内容", hint="群众怎么说的；个人信息会自动遮盖")
    left, right = st.columns(2)
    with left:
        origin, written = fields.pick_or_write(sheet, "origin", "来源渠道", origins)
        only = next(iter(names.units)) if len(names.units) == 1 else None
        unit = fields.pick(sheet, "unit", "县（区）", names.units, start=only)
        towns = {code: name for code, (name, own) in names.townships.items() if unit in (None, own)}
        town = fields.pick(sheet, "town", "镇（街）", towns, hint="可不选")
        address = fields.line(sheet, "address", "具体地点", hint="可不填")
    with right:
        category = fields.pick(sheet, "category", "问题分类", names.categories, hint="可不选")
        session = fields.pick(sheet, "session", "面对面场次", names.sessions, hint="可不选")
        received = fields.day(sheet, "received", "受理日期", start=sheet.as_of, most=sheet.as_of)
        urgency = fields.line(sheet, "urgency", "紧急程度", hint="可不填，例如：紧急")
    reporter = _reporter(sheet)
    township = str(town) if town is not None else None
    _alike(sheet, unit, township, title, content)
    return Said(
        title=title, content=content, origin_id=origin, origin_name=written, unit_id=unit,
        township_code=township, category_id=category, session_id=session, address=address,
        urgency=urgency,
        received_on=received, reporter=reporter,
        duplicate_checked=fields.tick(sheet, "checked", "已核对，不是重复登记"),
    )  # fmt: skip


def _reporter(sheet: Sheet) -> Reporter | None:
    with st.expander("诉求人（可不填）"):
        st.caption("加密保存，页面上遮盖；查看要写明理由并留下记录。")
        left, middle, right = st.columns([3, 4, 5])
        with left:
            name = fields.line(sheet, "reporter_name", "姓名")
        with middle:
            phone = fields.line(sheet, "reporter_phone", "联系电话")
        with right:
            home = fields.line(sheet, "reporter_address", "住址")
        secret = fields.tick(sheet, "reporter_protected", "要求保密，或反映的是承办单位本身")
    if not (name or phone or home or secret):
        return None
    return Reporter(name=name, phone=phone, address=home, protected=secret)


def _alike(
    sheet: Sheet, unit: int | None, township: str | None, title: str | None, content: str | None
) -> None:
    if unit is None or not (title or content):
        st.caption("填好标题和县（区）后，这里会列出可能重复的在办事项。")
        return
    found = form_reads.similar_items(sheet.who.scope, unit, township, title, content)
    if not found:
        st.caption("同一地方没有找到说法相近的在办事项。")
        return
    with st.container(border=True):
        st.caption("这些在办事项说法相近，请先看看是不是同一件事：")
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                plain(f"{one.name}　{one.state.label}　相似 {one.per_cent}%")
                st.link_button("打开看", f"/item?id={one.item_id}", type="tertiary")


REGISTER: dict[AnyAct, ActForm] = {
    Act.REGISTER: ActForm(
        _register, note="编号由系统给出；登记后列入“已立项待交办”。", send="登记立项"
    ),
}
