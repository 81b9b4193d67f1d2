"""Who may know who complained (信访工作条例 article 30)."""

from __future__ import annotations

import pytest

from supervision.reporters import (
    ReporterView,
    asks_for_secrecy,
    is_protected,
    reporter_view,
    without_traces,
)
from supervision.scope import Role, Scope, Viewer

CITY, OWN = Scope.whole_city(), Scope(departments=frozenset({"市教育局"}))
HANDLED = frozenset({"市教育局"})
HIDDEN, MASKED, ON_REASON = ReporterView.HIDDEN, ReporterView.MASKED, ReporterView.ON_REASON


@pytest.mark.parametrize(
    ("role", "scope", "usual", "protected"),
    [
        (Role.LEADER, CITY, MASKED, MASKED),
        (Role.SUPERVISOR, CITY, ON_REASON, ON_REASON),
        (Role.APPROVER, CITY, ON_REASON, ON_REASON),
        (Role.CALLBACK, CITY, ON_REASON, ON_REASON),
        (Role.COUNTY_ADMIN, Scope(reporting_units=frozenset({"东源县"})), ON_REASON, ON_REASON),
        (Role.LEAD_UNIT, OWN, MASKED, HIDDEN),
        (Role.CO_UNIT, OWN, HIDDEN, HIDDEN),
        (Role.AUDITOR, Scope(), HIDDEN, HIDDEN),
        (Role.SYSADMIN, Scope(), HIDDEN, HIDDEN),
        # A role that may ask does not help somebody of the department complained about.
        (Role.CALLBACK, OWN, ON_REASON, HIDDEN),
    ],
)
def test_each_role_sees_as_much_as_it_needs(
    role: Role, scope: Scope, usual: ReporterView, protected: ReporterView
):
    viewer = Viewer("a", "某", frozenset({role}), scope)
    told = {"led_by": HANDLED, "handled_by": HANDLED}
    assert reporter_view(viewer, protected=False, **told) == usual
    assert reporter_view(viewer, protected=True, **told) == protected


def test_a_second_role_does_not_open_what_the_department_must_not_know():
    both = Viewer("a", "某", frozenset({Role.LEAD_UNIT, Role.SUPERVISOR}), CITY)
    assert reporter_view(both, protected=True, led_by=HANDLED, handled_by=HANDLED) == HIDDEN


def test_who_leads_elsewhere_and_only_helps_here_is_told_nobody():
    both = Viewer("a", "某", frozenset({Role.LEAD_UNIT, Role.CO_UNIT}), OWN)
    others = frozenset({"市公安局"})
    told = {"protected": False, "handled_by": HANDLED | others}
    assert reporter_view(both, led_by=others, **told) == HIDDEN
    assert reporter_view(both, led_by=HANDLED | others, **told) == MASKED


@pytest.mark.parametrize(
    ("words", "protected"),
    [
        (("投诉", None), True),
        ((None, "12345热线", "举报乱收费"), True),
        (("咨询", "要求保密"), True),
        (("求助", None, "路灯不亮"), False),
        ((), False),
    ],
)
def test_a_case_is_protected_by_its_words(words: tuple[str | None, ...], protected: bool):
    assert is_protected(marked=False, words=words) == protected
    assert is_protected(marked=True, words=words)


@pytest.mark.parametrize(
    ("cell", "asks"), [("是", True), ("匿名", True), ("否", False), ("", False), (None, False)]
)
def test_a_cell_asks_for_secrecy(cell: str | None, asks: bool):
    assert asks_for_secrecy(cell) == asks


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("市民王**（138****1234）反映", "市民＊＊＊（＊＊＊）反映"),
        ("证440***********7758", "证＊＊＊"),
        ("0762-*****23来电", "＊＊＊来电"),
        ("粤P*****占道", "＊＊＊占道"),
        ("邮箱***@***", "邮箱＊＊＊"),
        ("微信号：q*****uo，", "微信号：＊＊＊，"),
        ("微信：wx**_b", "微信：＊＊＊"),
        ("欧***反映，买*****·艾**说", "＊＊＊反映，＊＊＊·＊＊＊说"),
        ("我家住翠园小区3栋502室，楼上噪音大", "我家住＊＊＊，楼上噪音大"),
        ("住址：埔前镇坪围村12号；", "住址：＊＊＊；"),
        ("我父亲张国强，今年75岁", "我父亲＊＊＊，今年75岁"),
        ("其女儿李小红（女，8岁）", "其女儿＊＊＊（女，8岁）"),
        ("城东街道建设路12号3栋502反映漏水", "城东街道建设路12号＊＊＊反映漏水"),
        ("翠园小区A座2单元1203室漏水", "翠园小区＊＊＊漏水"),
        ("建设路12号301房噪音大", "建设路12号＊＊＊噪音大"),
        ("阳光花园5号楼-702养狗", "阳光花园＊＊＊养狗"),
        # Where it happens stays: without the place nobody could handle the case.
        ("人民路12号餐馆油烟扰民", "人民路12号餐馆油烟扰民"),
        ("小区居住环境差，3栋漏水", "小区居住环境差，3栋漏水"),
        ("建设路12号门前路面塌陷", "建设路12号门前路面塌陷"),
        ("3栋502户居民用水", "3栋502户居民用水"),
        ("新建2座110千伏变电站、3座1200米长的桥", "新建2座110千伏变电站、3座1200米长的桥"),
        ("1单元2026年停水", "1单元2026年停水"),
        ("行政服务中心302室无人", "行政服务中心302室无人"),
        ("我父亲住院，今年12月出院", "我父亲住院，今年12月出院"),
        ("路灯不亮", "路灯不亮"),
        (None, None),
    ],
)
def test_masked_traces_are_taken_out_for_who_must_not_know(text: str | None, left: str | None):
    assert without_traces(text) == left
