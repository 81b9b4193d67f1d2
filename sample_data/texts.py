"""Problems, measures and replies of the sample city, woven from `problems.toml`."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LOCAL_GOVERNMENT = "属地"
"""In problems.toml: the county government of the item's place."""

ESTATE_FRONT = ("桂香", "听江", "梅园", "竹韵", "松涛", "榕景", "云溪", "锦绣", "翠屏", "和悦")
ESTATE_BACK = ("花园", "雅苑", "家园", "豪庭", "新村", "小区")
ROAD_FRONT = ("示范", "迎宾", "滨江", "学府", "文明", "同心", "惠民", "长安", "东环", "朝阳")
ROAD_BACK = ("路", "大道", "一路", "二路", "中路", "街")
HOURS = ("晚上8点", "晚上9点", "晚上10点", "夜里11点")
MONEY = ("3000", "5000", "8000", "1.2万", "2.6万", "4.8万")

MEETING_OPENINGS = (
    "",
    "",
    "座谈会上群众代表反映：",
    "人大代表转来意见：",
    "政协委员反映：",
    "村（居）干部反映：",
    "入户走访中了解到，",
)
CALL_OPENINGS = ("", "", "市民来电反映：", "市民再次来电反映：", "网上留言反映：", "匿名来电反映：")
VISIT_OPENINGS = ("", "", "走访发现，", "网格员上报：", "现场住户反映：", "巡查中发现，")
CLOSINGS = (
    "",
    "希望尽快解决。",
    "盼有关部门协调处理。",
    "涉及群众{人}人，请予重视。",
    "群众已多次反映，希望有明确答复时间。",
    "建议现场核实后拿出方案。",
    "希望办理结果向群众公开。",
)
REPLY_OPENINGS = ("", "", "经现场核查，情况属实。", "收到交办后，我单位高度重视。", "经调查核实，")
REPLY_CLOSINGS = ("", "", "已向诉求人反馈。", "下一步将加强日常管护。", "群众表示认可。")
EXPLANATIONS = (
    "经核查，该诉求受现行政策限制暂不具备解决条件，已当面向群众说明并取得理解。",
    "经研究，所涉地块未纳入本年度计划，已做好解释工作，并列入下一年度项目储备。",
    "涉事双方已进入司法程序，建议按法律途径解决，已向诉求人解释说明。",
)
LASTING = (
    "该事项需多部门长期推进，已制定年度计划，每季度报送进展。",
    "项目建设周期较长，已纳入三年行动计划持续推进。",
    "已建立常态化巡查机制，长期坚持整治。",
)
UNDERWAY = (
    "已召开协调会，正在制定实施方案。",
    "已完成现场勘察，正在申请资金。",
    "项目已进场施工，完成工程量约{成}成。",
    "正在履行招标程序。",
    "已与相关单位对接，待现场会商后确定方案。",
)
CALLBACK_WORDS = {
    "非常满意": ("群众表示问题解决得很好，非常满意。", "诉求人对办理速度和结果都很认可。"),
    "满意": ("群众表示满意。", "诉求人认可办理结果。"),
    "基本满意": ("群众表示基本满意，希望继续跟进。", "问题大部分解决，诉求人基本满意。"),
    "不满意": ("群众反映问题没有真正解决。", "诉求人表示答复没有明确措施和时间。"),
    "非常不满意": ("群众反映未见整改，非常不满意。", "诉求人称承办单位没有联系过本人。"),
    None: ("电话无法接通。", "两次拨打无人接听。"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem with its wordings; `place` is a reporting unit it is bound to."""

    theme: str
    category: str
    title: str
    content: tuple[str, ...]
    measure: tuple[str, ...]
    reply: tuple[str, ...]
    lead: str
    co: tuple[str, ...]
    place: str | None = None


@cache
def hosts() -> dict[str, str]:
    """Theme → who presides over its sessions: an office, never a person."""
    return {theme["name"]: theme["host"] for theme in _themes()}


@cache
def problems() -> tuple[Problem, ...]:
    """All kinds of problems, in the order of the file."""
    return tuple(
        Problem(
            theme=theme["name"],
            category=theme["category"],
            title=entry["title"],
            content=tuple(entry["content"]),
            measure=tuple(entry["measure"]),
            reply=tuple(entry["reply"]),
            lead=entry["lead"],
            co=tuple(entry["co"]),
            place=entry.get("place"),
        )
        for theme in _themes()
        for entry in theme["problems"]
    )


def _themes() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "problems.toml").read_text(encoding="utf-8")
    themes: list[dict[str, Any]] = tomllib.loads(text)["theme"]
    return themes


def estate(rng: random.Random) -> str:
    """The name of a housing estate that stands nowhere."""
    return rng.choice(ESTATE_FRONT) + rng.choice(ESTATE_BACK)


def words(rng: random.Random, *, township: str, village: str, due_on: date) -> dict[str, str]:
    """The filling of one item: the same in its title, content, measures and reply."""
    return {
        "镇": township,
        "村": village,
        "路": rng.choice(ROAD_FRONT) + rng.choice(ROAD_BACK),
        "小区": estate(rng),
        "时段": rng.choice(HOURS),
        "千": rng.choice(MONEY),
        "百": str(rng.randrange(200, 1000, 50)),
        "月费": str(rng.randrange(1500, 3900, 100)),
        "户": str(rng.randint(12, 260)),
        "人": str(rng.randint(30, 420)),
        "米": str(rng.randrange(80, 1500, 10)),
        "公里": str(rng.randrange(12, 120) / 10),
        "分": str(rng.randrange(15, 55, 5)),
        "次": str(rng.randint(2, 6)),
        "数": str(rng.randint(2, 6)),
        "一": rng.choice(("1", "2")),
        "项": str(rng.randint(12, 106)),
        "层": str(rng.randint(5, 8)),
        "高层": str(rng.randint(10, 18)),
        "组": str(rng.randint(1, 14)),
        "班": str(rng.randint(52, 60)),
        "班次": str(rng.randint(7, 14)),
        "周": str(rng.randint(2, 5)),
        "成": str(rng.randint(2, 8)),
        "月底": f"{due_on.month}月底",
    }


def woven(rng: random.Random, *parts: tuple[str, ...], filling: dict[str, str]) -> str:
    """One wording out of each part, joined and filled."""
    return "".join(rng.choice(part) for part in parts).format_map(filling)
