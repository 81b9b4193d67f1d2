"""Ledgers of the seeds' other mechanisms, a few dozen lines each. Nobody in them exists."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from data_access.registers import shipped_registers
from sample_data.city import COUNTY_WEIGHTS, City, Place
from sample_data.paper import Cell, Ledger, one_page_ledger
from sample_data.workdays import Workdays

SEED = 141_421
_SURNAMES = "陈李黄张刘叶邓赖曾谢"
_HOUSING = "市住房和城乡建设局"
_LAND = "市自然资源局"
_LABOUR = "市人力资源和社会保障局"
_INSURANCE = "市医疗保障局"
_SCHOOLS = "市教育局"
_SERVICES = "市政务服务和数据管理局"
_ECOLOGY = "市生态环境局"
_STREETS = "市城市管理和综合执法局"
_WATER = "市水务局"
_TRAFFIC = "市公安局交警支队"
_HEALTH = "市卫生健康局"
_TRANSPORT = "市交通运输局"
_EMERGENCY = "市应急管理局"
_CIVIL = "市民政局"
_DEVELOPMENT = "市发展和改革局"
_WEAK = {_LAND: 0.3, _HOUSING: 0.35, "紫金县人民政府": 0.25}
"""Share of lines that go past their limit, where it differs from the usual."""
_USUALLY_LATE = 0.06

Line = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class _Pen:
    """What every line needs: chance, places, working days and the day of the story."""

    rng: random.Random
    city: City
    days: Workdays
    as_of: date
    turns: Iterator[int] = field(default_factory=count)

    def day_before(self, most: int) -> date:
        """A working day at most so many days before today."""
        return self.days.after(self.as_of - timedelta(days=self.rng.randrange(1, most)), 0)

    def ended(self, began: date, limit: int, department: str) -> date | None:
        """The working day on which it was done, mostly within `limit`; None: not yet."""
        late = self.rng.random() < _WEAK.get(department, _USUALLY_LATE)
        needed = limit + self.rng.randint(2, 12) if late else self.rng.randint(1, limit)
        day = self.days.after(began, needed)
        return day if day <= self.as_of else None

    def town(self) -> Place:
        """A place that has a township."""
        while (place := self.city.place()).township is None:
            pass
        return place

    def person(self) -> str:
        """A name that nobody bears."""
        return f"{self.rng.choice(_SURNAMES)}某"


_CARD = {
    "社保医保": ("异地就医怎样备案", _INSURANCE), "教育": ("转学需要什么材料", _SCHOOLS),
    "住房": ("公租房怎样申请", _HOUSING), "就业": ("灵活就业补贴怎样领", _LABOUR),
    "办证办事": ("营业执照能否网上变更", _SERVICES),
}  # fmt: skip


def _service_card(pen: _Pen) -> Line:
    topic = pen.rng.choice([*_CARD])
    told, department = _CARD[topic]
    asked, place = pen.day_before(120), pen.town()
    answered = asked if pen.rng.random() < 0.55 else pen.ended(asked, 2, department)
    status = "当场答复" if answered == asked else "已答复" if answered else "待答复"
    return {
        "咨询内容": told, "县(区)": place.county, "镇(街)": place.township, "答复单位": department,
        "咨询类别": topic, "咨询人": pen.person(), "咨询日期": asked, "答复日期": answered,
        "答复情况": status,
    }  # fmt: skip


_IDEAS = {
    "民生": ("建议在老旧小区增设电动自行车充电棚", _HOUSING),
    "发展": ("建议给圩镇小微企业集中代办事项", _SERVICES),
    "治理": ("建议学校门口错时放学", _SCHOOLS),
    "生态": ("建议增加河道保洁频次", _ECOLOGY),
}


def _suggestion(pen: _Pen) -> Line:
    topic = pen.rng.choice([*_IDEAS])
    told, department = _IDEAS[topic]
    received, place = pen.day_before(300), pen.town()
    answered = pen.ended(received, 15, department)
    results = ("采纳", "部分采纳", "留作参考", "未采纳")
    result = pen.rng.choices(results, (5, 3, 2, 1))[0] if answered else "研究中"
    taken = answered if result in ("采纳", "部分采纳") else None
    return {
        "建议内容": f"{told}（{place.spoken_township}）", "县(区)": place.county,
        "研究单位": department, "建议类别": topic,
        "来源": pen.rng.choice(("面对面座谈会", "代表委员", "信箱热线", "走访")),
        "建议人": pen.person(), "收到日期": received, "答复日期": answered, "研究结果": result,
        "落实日期": pen.ended(taken, 40, department) if taken else None,
    }  # fmt: skip


def _acceptance(pen: _Pen) -> Line:
    place = pen.town()
    told, department = pen.rng.choice((
        ("路灯修复情况", _STREETS), ("供水管网改造进展", _WATER),
        ("校门口交通整治", _TRAFFIC), ("小区渗漏维修进展", _HOUSING),
    ))  # fmt: skip
    published = pen.day_before(240)
    reviewed = pen.ended(published, 10, department)
    opinion = pen.rng.choices(("认同", "基本认同", "不认同"), (7, 3, 1))[0] if reviewed else None
    done = "退回重办" if opinion == "不认同" else "已评议"
    return {
        "公布事项": f"{place.spoken_village}{told}", "县(区)": place.county, "承办单位": department,
        "公布日期": published, "评议日期": reviewed, "评议结果": opinion,
        "参加评议人数": pen.rng.randint(6, 40) if reviewed else None,
        "进展": done if reviewed else "待评议",
    }  # fmt: skip


def _research(pen: _Pen) -> Line:
    topic, told, department = pen.rng.choice((
        ("民生", "乡镇卫生院夜间急诊", _HEALTH), ("发展", "圩镇商业用地盘活", _LAND),
        ("治理", "小区物业矛盾源头治理", _HOUSING), ("民生", "农村客运班次优化", _TRANSPORT),
    ))  # fmt: skip
    begun = pen.day_before(330)
    finished = pen.ended(begun, 60, department)
    ways = ("领导批示", "提交会议", "形成文件", "未转化")
    entered = pen.rng.choices(ways, (3, 3, 2, 3))[0] if finished else None
    used = pen.ended(finished, 15, department) if finished and entered != "未转化" else None
    return {
        "调研课题": f"{pen.town().county}{told}调研", "牵头单位": department, "领域": topic,
        "启动日期": begun, "完成日期": finished,
        "决策转化": entered if used else "未转化" if finished else None, "转化日期": used,
        "课题状态": "已完成" if finished else "调研中",
    }  # fmt: skip


_TASKS = {
    "民生实事": ("新建改造公厕", _STREETS), "城乡建设": ("背街小巷整治", _HOUSING),
    "生态环保": ("入河排污口整治", _ECOLOGY), "安全稳定": ("燃气管道隐患整改", _EMERGENCY),
    "文化教育": ("增加公办幼儿园学位", _SCHOOLS), "产业发展": ("盘活闲置用地", _LAND),
}  # fmt: skip


def _task(pen: _Pen) -> Line:
    kind = pen.rng.choice([*_TASKS])
    told, department = _TASKS[kind]
    place, listed = pen.town(), pen.day_before(300)
    limit = pen.rng.choice((60, 90, 120))
    done = pen.ended(listed, limit, department)
    waits = done is None and listed > pen.as_of - timedelta(days=20)
    return {
        "任务内容": f"{place.spoken_township}{told}", "清单名称": f"{kind}清单", "清单类别": kind,
        "县(区)": place.county, "责任单位": department, "列入日期": listed,
        "完成时限": pen.days.after(listed, limit), "完成日期": done,
        "当前进度": 100 if done else 0 if waits else pen.rng.choice((20, 40, 60, 80)),
        "任务状态": "已完成" if done else "未启动" if waits else "推进中",
    }  # fmt: skip


def _proxy(pen: _Pen) -> Line:
    kind, told, department = pen.rng.choice((
        ("土地征收", "青苗补偿标准核对", _LAND), ("住房", "房产证历史遗留办理", _HOUSING),
        ("劳动社保", "退休工龄认定", _LABOUR), ("民生救助", "残疾人补贴申领", _CIVIL),
    ))  # fmt: skip
    place, accepted = pen.town(), pen.day_before(280)
    closed = pen.ended(accepted, 40, department)
    told_on = closed if closed and pen.rng.random() < 0.9 else None
    return {
        "代办事项": told, "县(区)": place.county, "镇(街)": place.township, "办理单位": department,
        "事项类别": kind, "信访人": pen.person(), "代办人": f"{place.spoken_township}代办员",
        "受理日期": accepted, "办结日期": closed, "告知日期": told_on,
        "办理状态": pen.rng.choices(("已办结", "息诉罢访"), (8, 1))[0] if closed else "办理中",
    }  # fmt: skip


def _aid(pen: _Pen) -> Line:
    kind, told = pen.rng.choice((
        ("医疗救助", "住院自付费用较高"), ("临时救助", "家庭主要劳力受伤"),
        ("教育救助", "子女学费有困难"), ("住房救助", "房屋鉴定为危房"), ("受灾救助", "农田受淹"),
    ))  # fmt: skip
    place, applied = pen.town(), pen.day_before(260)
    decided = pen.ended(applied, 20, _CIVIL)
    granted = decided is not None and pen.rng.random() < 0.85
    return {
        "困难情况": told, "县(区)": place.county, "镇(街)": place.township, "救助单位": _CIVIL,
        "救助类型": kind, "申请人": pen.person(), "家庭人口": pen.rng.randint(1, 6),
        "申请日期": applied, "审核日期": decided, "救助日期": decided if granted else None,
        "救助金额(元)": pen.rng.randrange(8, 60) * 100 if granted else None,
        "审核结果": "已救助" if granted else "不符合条件" if decided else "审核中",
    }  # fmt: skip


def _enterprise(pen: _Pen) -> Line:
    problem, told, department = pen.rng.choice((
        ("无问题", "走访了解生产情况，运行平稳", _DEVELOPMENT), ("用工", "旺季缺普工", _LABOUR),
        ("用地", "扩建用地手续办理慢", _LAND), ("审批", "环评手续不清楚", _ECOLOGY),
    ))  # fmt: skip
    # Each county visits one of its enterprises every week, and forgets it now and then.
    week, county = divmod(next(pen.turns), len(COUNTY_WEIGHTS))
    n = county + len(COUNTY_WEIGHTS) * (week % 3)
    monday = pen.as_of - timedelta(days=pen.as_of.weekday(), weeks=week)
    forgotten = timedelta(weeks=1) if pen.rng.random() < 0.12 else timedelta()
    visited = min(pen.days.after(monday - forgotten, pen.rng.randrange(3)), pen.as_of)
    solved = None if problem == "无问题" else pen.ended(visited, 20, department)
    asks = "已解决" if solved else "办理中"
    return {
        "企业名称": f"演示企业{n + 1:02d}号", "县(区)": [*COUNTY_WEIGHTS][county],
        "行业": ("制造业", "农业", "商贸流通", "建筑业", "服务业")[n % 5],
        "联系人": pen.person(), "走访单位": department, "走访日期": visited, "反映问题": told,
        "问题类别": problem, "解决日期": solved,
        "问题办理": "无需办理" if problem == "无问题" else asks,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mechanism:
    title: str
    lines: int
    line: Callable[[_Pen], Line]
    number: tuple[str, str] | None = None
    """Heading of the column of numbers and the letters before a number."""


_MECHANISMS: Mapping[str, _Mechanism] = {
    "service_card": _Mechanism("服务卡咨询台账", 60, _service_card, ("咨询编号", "ZX")),
    "suggestions": _Mechanism("意见建议采纳台账", 48, _suggestion, ("建议编号", "JY")),
    "acceptance": _Mechanism("办理认同度评议台账", 40, _acceptance, ("事项编号", "RT")),
    "research_findings": _Mechanism("调研成果转化台账", 24, _research, ("课题编号", "KT")),
    "task_lists": _Mechanism("任务清单", 48, _task, ("任务编号", "RW")),
    "petition_by_proxy": _Mechanism("信访代办台账", 40, _proxy, ("代办编号", "DB")),
    "household_aid": _Mechanism("困难群众救助台账", 40, _aid, ("救助编号", "JZ")),
    "enterprise_visits": _Mechanism("一企一册走访台账", 160, _enterprise),
}


def mechanism_ledgers(*, as_of: date, seed: int = SEED) -> Iterator[tuple[str, Ledger]]:
    """Name of the programme and its ledger."""
    rng = random.Random(seed)
    pen = _Pen(rng, City(shipped_registers(), rng), Workdays(as_of), as_of)
    for place, (name, mechanism) in enumerate(_MECHANISMS.items(), start=14):
        lines = [mechanism.line(pen) for _ in range(mechanism.lines)]
        if mechanism.number is not None:
            heading, letters = mechanism.number
            lines = [
                {heading: f"{letters}{as_of.year}-{n:04d}", **line}
                for n, line in enumerate(lines, start=1)
            ]
        title = f"{mechanism.title}（{as_of.year}年）"
        rows: list[list[Cell]] = [[*line.values()] for line in lines]
        file_name = f"{place}_{mechanism.title}.xlsx"
        yield name, one_page_ledger(file_name, title, list(lines[0]), rows)
