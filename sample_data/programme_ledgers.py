"""Ledgers of the programmes (专题): disputes, whistles, visits here. Nobody in them exists.

Some counties mediate slowly, some townships' departments come late, one county forgets a week:
a page must have something to show.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from data_access.registers import shipped_registers
from sample_data.city import COUNTY_WEIGHTS, City, Place
from sample_data.mechanism_ledgers import mechanism_ledgers
from sample_data.paper import Cell, Ledger, one_page_ledger
from sample_data.workdays import Workdays
from sample_data.writers import write_ledger

SEED = 618_033
DISPUTES, WHISTLES, HOUSEHOLDS, WEEKS = 300, 180, 120, 26
_SLOW = {"龙川县": 0.45, "紫金县": 0.22, "高新区": 0.18}
"""Share of disputes that go past their limit, where it differs from the usual."""
_USUAL_SLOW = 0.06
_SILENT = ("连平县", "高新区")
"""Counties that have not reported in the running week."""
_DISPUTES = {
    "邻里纠纷": ("两户因排水沟走向相持不下", "因共用通道堆放杂物发生争执", "因噪声扰民多次争吵"),
    "婚姻家庭": ("兄弟因赡养老人分担不一致", "因家庭开支引起争执"),
    "山林土地": ("两组因山林界址不清", "因承包地流转租金未付清", "因宅基地滴水位争执"),
    "劳资欠薪": ("务工人员反映工资被拖欠", "因加班费计算有分歧"),
    "物业房产": ("业主与物业因收费标准有分歧", "因房屋渗水维修责任争执"),
    "交通事故": ("轻微交通事故赔偿协商不成",),
}
_LEVELS = ("村(社区)", "镇(街)", "县(区)", "市")
_WAYS = {"村(社区)": "网格调解", "镇(街)": "分流调解", "县(区)": "联动调解", "市": "精专调解"}
_WHISTLES = {
    "综合执法哨": (("占道经营反复出现", "市城市管理和综合执法局"), ("违规排放油烟", "市生态环境局"),
                   ("无证施工堆料占道", "市住房和城乡建设局")),
    "重点工作哨": (("圩镇供水管网改造卡在占道审批", "市水务局"),
                   ("农村公路会车台用地协调不下", "市自然资源局"),
                   ("校门口交通组织需要统一施划", "市公安局交警支队")),
    "应急处置哨": (("边坡出现落石", "市应急管理局"), ("桥面伸缩缝损坏", "市交通运输局"),
                   ("市场食品抽检不合格", "市市场监督管理局")),
}  # fmt: skip
_LATE = {"市自然资源局": 0.35, "市住房和城乡建设局": 0.28, "市水务局": 0.16}
_HOUSEHOLD_KINDS = ("低收入户", "独居老人户", "留守儿童户", "残疾人户", "其他联系户")
_NEEDS = ("反映看病报销手续不清楚", "反映房屋漏雨需要修缮", "希望介绍就近务工", "反映饮水水压不足",
          "咨询临时救助怎样申请")  # fmt: skip
_SURNAMES = "陈李黄张刘叶邓赖曾谢"


def programme_ledgers(*, as_of: date, seed: int = SEED) -> Iterator[tuple[str, Ledger]]:
    """Name of the programme and its ledger."""
    rng = random.Random(seed)
    city, days = City(shipped_registers(), rng), Workdays(as_of)
    yield "dispute_mediation", _disputes(rng, city, as_of)
    yield "township_whistle", _whistles(rng, city, days, as_of)
    yield "household_visits", _visits(rng, city, days, as_of)
    yield from mechanism_ledgers(as_of=as_of)


def write_programme_ledgers(folder: Path, *, as_of: date) -> list[tuple[str, Path]]:
    """Write them; the name of the programme beside each path."""
    return [(name, write_ledger(folder, ledger)) for name, ledger in programme_ledgers(as_of=as_of)]


def _disputes(rng: random.Random, city: City, as_of: date) -> Ledger:
    rows: list[list[Cell]] = []
    for n in range(DISPUTES):
        place = city.place()
        began = as_of - timedelta(days=rng.randrange(330))
        kind = rng.choice([*_DISPUTES])
        level = rng.choices(_LEVELS, (46, 32, 17, 5))[0]
        slow = rng.random() < _SLOW.get(place.county, _USUAL_SLOW)
        needed = rng.randint(31, 110) if slow else rng.randint(2, 26)
        ended = began + timedelta(days=needed)
        status, resolved = "调解中", None
        if ended <= as_of:
            status, resolved = rng.choices(
                (("已化解", ended), ("调解不成转诉讼", None)), (95, 5)
            )[0]  # fmt: skip
        if rng.random() < 0.02:
            status, resolved = "撤回", None
        told = f"{place.spoken_village}：{rng.choice(_DISPUTES[kind])}"
        rows.append([
            f"JF{began:%Y%m}-{n + 1:04d}", told, place.county, place.township, kind, level,
            _WAYS[level] if rng.random() < 0.8 else rng.choice([*_WAYS.values()]),
            rng.randint(2, 9), f"{rng.choice(_SURNAMES)}某", began, resolved, status,
        ])  # fmt: skip
    headings = ["纠纷编号", "纠纷简况", "县(区)", "镇(街)", "纠纷类型", "调解层级", "调解方式",
                "涉及人数", "当事人", "受理日期", "化解日期", "化解状态"]  # fmt: skip
    title = f"矛盾纠纷化解台账（{as_of.year}年）"
    return one_page_ledger("11_矛盾纠纷化解台账.xlsx", title, headings, rows)


def _whistles(rng: random.Random, city: City, days: Workdays, as_of: date) -> Ledger:
    rows: list[list[Cell]] = []
    for n in range(WHISTLES):
        while (place := city.place()).township is None:
            pass
        blown = days.after(as_of - timedelta(days=rng.randrange(1, 300)), 0)
        kind = rng.choices([*_WHISTLES], (5, 3, 2))[0]
        told, department = rng.choice(_WHISTLES[kind])
        late = rng.random() < _LATE.get(department, 0.05)
        answered = days.after(blown, 2 if late and rng.random() < 0.6 else 1)
        closed = days.after(answered, rng.randint(11, 45) if late else rng.randint(1, 8))
        is_closed = closed <= as_of
        status = "已办结" if is_closed else "处置中" if answered <= as_of else "待响应"
        rating = rng.choices(("满意", "基本满意", "不满意"), (7, 2, 3 if late else 0.3))[0]
        rows.append([
            f"CS{blown:%Y%m}-{n + 1:04d}", f"{place.spoken_village}{told}", place.county,
            place.township, department, kind, blown,
            answered if answered <= as_of else None, answered if answered <= as_of else None,
            (rng.randint(6, 40) if late else rng.randint(1, 6)) if answered <= as_of else None,
            closed if is_closed else None, status, rating if is_closed else None,
        ])  # fmt: skip
    headings = ["哨单编号", "吹哨事项", "县(区)", "吹哨镇(街)", "报到部门", "哨声类别",
                "吹哨日期", "响应日期", "到场日期", "到场时长(小时)", "办结日期",
                "办理状态", "镇(街)评价"]  # fmt: skip
    title = f"街镇吹哨、部门报到台账（{as_of.year}年）"
    return one_page_ledger("12_街镇吹哨部门报到台账.csv", title, headings, rows)


def _visits(rng: random.Random, city: City, days: Workdays, as_of: date) -> Ledger:
    rows: list[list[Cell]] = []
    monday = as_of - timedelta(days=as_of.weekday())
    for n, (code, kind, person, place) in enumerate(_households(rng, city)):
        for week in range(n % 9, WEEKS, rng.choice((8, 9, 10, 14))):
            day = monday - timedelta(weeks=week) + timedelta(days=rng.randrange(5))
            if day > as_of or (week == 0 and place.county in _SILENT):
                continue
            rows.append([code, place.county, place.township, place.village, person, kind, day,
                         *_found(rng, days, day, as_of)])  # fmt: skip
    headings = ["户册编号", "县(区)", "镇(街)", "村(社区)", "户主姓名", "户类", "走访日期",
                "走访情况", "诉求", "解决日期", "诉求办理"]  # fmt: skip
    return one_page_ledger(
        "13_一户一册走访台账.csv", f"一户一册走访台账（{as_of.year}年）", headings, rows
    )


def _households(rng: random.Random, city: City) -> Iterator[tuple[str, str, str, Place]]:
    counties = [*COUNTY_WEIGHTS]
    for n in range(HOUSEHOLDS):
        place = city.place(counties[n % len(counties)])
        person = f"{rng.choice(_SURNAMES)}某"
        yield f"HC-{n + 1:04d}", rng.choice(_HOUSEHOLD_KINDS), person, place


def _found(rng: random.Random, days: Workdays, day: date, as_of: date) -> list[Cell]:
    """What a visit found: mostly nothing to do, else a need that is solved or still open."""
    if rng.random() > 0.22:
        return ["走访了解近况，生活平稳", "无诉求", None, None]
    solved = days.after(day, rng.choice((3, 6, 9, 12, 14, 24)))
    told = rng.choice(_NEEDS)
    if solved > as_of:
        return [told, "有诉求", None, "办理中"]
    return [told, "有诉求", solved, rng.choices(("已解决", "已解释"), (9, 1))[0]]
