"""Who held an item, round by round and for how many working days, and how often it bounced."""

from __future__ import annotations

import pandas as pd

from dashboard.loop_reads import Holding, Spell
from dashboard.parts.paper import seen_and_printed
from dashboard.parts.safe import clean, plain


def holding_panel(holding: Holding | None) -> None:
    """The sentence of the whole; who held it when, where it was in more than one hand."""
    if holding is None or not holding.spells:
        return
    plain(_sentence(holding))
    if len(holding.spells) < 2:
        return
    seen_and_printed(
        pd.DataFrame([_row(spell) for spell in holding.spells]), key="spells", alt="各轮由谁办理"
    )


def _sentence(holding: Holding) -> str:
    now = holding.spells[-1]
    if not holding.bounces:
        since = "至今" if now.until is None else f"到{now.ended_by or '结束'}"
        days = "" if now.working_days is None else f"，{since} {now.working_days} 个工作日"
        return f"由{now.department or '一家单位'}办理，没有转手{days}。"
    ways = "、".join(
        f"{word} {n} 次"
        for word, n in (
            ("重新交办", holding.rounds - 1),
            ("退单改派", holding.returned),
            ("变更牵头单位", holding.handed_over),
        )
        if n
    )
    return f"共 {holding.rounds} 轮，转手 {holding.bounces} 次（{ways}）。"


def _row(spell: Spell) -> dict[str, object]:
    return {
        "轮次": f"第 {spell.round_no} 轮",
        "承办单位": clean(spell.department or "不明"),
        "从": f"{spell.since:%Y-%m-%d}" if spell.since else "",
        "到": f"{spell.until:%Y-%m-%d}" if spell.until else "至今",
        "工作日": spell.working_days,
        "结果": clean(spell.ended_by or "在办"),
    }
