"""What was promised at the sample city's sessions: by department, in the tone of real records.

Who promises is an office, never a person.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

PROMISES: dict[str, tuple[str, ...]] = {
    "市卫生健康局": (
        "两个月内恢复全部中心卫生院的夜间急诊，值班电话在村务公开栏公示。",
        "年底前为缺医的村卫生站派驻医生，每周坐诊不少于三天。",
        "一个月内把儿科现场号源提高到三成，设老年人专窗。",
    ),
    "市水务局": (
        "枯水期前接通集中供水，保证每户用上自来水。",
        "三十个工作日内更换爆裂管段，停水提前二十四小时公告。",
        "每月公布一次水厂水质检测结果。",
    ),
    "市教育局": (
        "下学期开学前新增校车线路，覆盖全部偏远村小。",
        "两个月内公布小区配套幼儿园移交清单，逐所办成公办园。",
        "课后服务延长到十八时，收支按学期公示。",
    ),
    "市交通运输局": (
        "一个月内恢复被取消的镇村公交停靠站点。",
        "年底前完成危旧桥改造的立项和设计。",
        "按高铁时刻调整接驳公交，开通夜班线。",
    ),
    "市住房和城乡建设局": (
        "六十天内出台老旧小区加装电梯的补偿指引。",
        "对停工的安置房逐个派驻专班，每月向业主公布进度。",
        "维修资金申领材料压减一半，十个工作日内拨付。",
    ),
    "市自然资源局": (
        "三个月内办结历史遗留的不动产登记，首批不少于二百户。",
        "一个月内公布集体土地确权的争议地块清单和办理时间。",
    ),
    "市城市管理和综合执法局": (
        "一个月内修复主干道全部不亮的路灯，公布报修电话。",
        "两个月内完成农贸市场周边占道经营的疏导。",
        "垃圾中转站除臭改造在年底前完成。",
    ),
    "市公安局交警支队": (
        "下学期开学前在全部城区小学门口设护学岗和即停即走区。",
        "一个月内在事故多发路口增设信号灯和减速带。",
    ),
    "市生态环境局": (
        "两个月内完成养殖污水直排点的整治，逐点公布结果。",
        "对夜间施工噪声每周巡查两次，查处情况按月公布。",
    ),
    "市人力资源和社会保障局": (
        "春节前清零登记在册的工资拖欠，逐案销号。",
        "一个月内把社保转移接续办理时间压到五个工作日。",
    ),
    "市民政局": (
        "年底前每个街道至少开办一家长者饭堂。",
        "一个月内完成困难群众救助的复核，应保尽保。",
    ),
    "市医疗保障局": ("三十天内修复异地就医备案的同步问题，逐笔核查结算失败记录。",),
}
ANYBODY = (
    "一个月内到现场逐件核查，能办的当场办结。",
    "两个月内拿出整改方案并向代表公布。",
    "年底前完成整改，请代表现场验收。",
)
"""Promises that any department or county makes."""
REPORTS = (
    "已召开专题会议，明确责任科室和时间表。",
    "方案已经审定，资金已落实，正在招标。",
    "施工单位已进场，完成总量的四成。",
    "主体工作已完成，正在查漏补缺。",
)
EVIDENCE = (
    "现场验收记录和照片已归档。",
    "验收单已由代表签字确认。",
    "公告已在政府门户网站和村务公开栏发布。",
)
OWN_MILESTONES = ("中期调度", "现场督导", "代表现场验收")


_SAID = {
    "一个月": 30, "三十": 30, "两个月": 60, "六十天": 60, "三个月": 90, "每月": 35, "开学前": 90,
    "春节前": 80,
}  # fmt: skip
"""What a promise says of its time, in days."""
YEAR_END = "年底前"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: its words, when it is due, how it went."""

    text: str
    due_on: date
    fulfilled_on: date | None
    """None: never so far."""
    evidence: str
    reports: tuple[tuple[date, str], ...]


def promises_of(department: str, held_on: date, rng: random.Random, count: int) -> list[Promise]:
    """So many promises that one department made on a day, none twice."""
    texts = [*PROMISES.get(department, ()), *ANYBODY]
    chosen = rng.sample(texts, min(count, len(texts)))
    return [_promise(text, held_on, rng) for text in chosen]


def _promise(text: str, held_on: date, rng: random.Random) -> Promise:
    usual = rng.choice((28, 35, 45))
    days = next((days for words, days in _SAID.items() if words in text), usual)
    due_on = date(held_on.year, 12, 31) if YEAR_END in text else held_on + timedelta(days=days)
    luck = rng.random()
    after = timedelta(days=-rng.randint(2, 24) if luck < 0.7 else rng.randint(4, 14))
    told_after = sorted(rng.sample(range(6, 28), rng.randint(0, 2)))
    told = [
        (held_on + timedelta(days=day), REPORTS[n + day // 14]) for n, day in enumerate(told_after)
    ]
    return Promise(
        text, due_on, None if luck > 0.84 else due_on + after, rng.choice(EVIDENCE),
        tuple(told),
    )  # fmt: skip
