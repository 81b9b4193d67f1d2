"""What is wrong with a ledger, cell by cell, and the names that a person can settle here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.parts.ledger_tables import ledger_table
from dashboard.parts.ledger_views import Problems, Question
from dashboard.parts.panels import headline
from dashboard.parts.safe import label, option

_ASK = {"departments": "单位", "townships": "镇(街)"}


def problem_tabs(problems: Problems, *, key: str) -> None:
    """One tab for each severity and one for the rows left out, counts in their names."""
    names = [f"{word} {count}" for word, count in problems.counts.items()]
    first = next((n for n, count in enumerate(problems.counts.values()) if count), 0)
    tabs = st.tabs([*names, f"未取用的行 {len(problems.left_out)}"], default=names[first])
    for tab, (word, frame) in zip(tabs, problems.by_severity.items(), strict=False):
        with tab:
            if frame.empty:
                st.caption(f"没有{word}。")
                continue
            _cut(len(frame), problems.counts[word])
            ledger_table(frame, key=f"{key}:{word}")
    with tabs[-1]:
        if problems.left_out.empty:
            st.caption("所有行都取用了。")
        else:
            st.caption("合计、备注、签名、重复表头等不是事项的行；已原样留存。")
            ledger_table(problems.left_out, key=f"{key}:left_out")


def _cut(shown: int, count: int) -> None:
    if shown < count:
        st.caption(f"共 {count} 处，这里列前 {shown} 处；标注好的文件里有全部。")


def question_form(questions: Sequence[Question], *, key: str) -> dict[tuple[str, str], str] | None:
    """Names that are not in the register: what they mean, only those answered; None until sent.

    Answers are keyed (departments or townships, name as printed).
    """
    if not questions:
        return None
    with st.form(f"{key}:questions"):
        headline("这些名称不在登记簿里，请选择它是哪个", "不确定的可以留空", key="questions")
        columns = st.columns(2, gap="medium")
        answers = {}
        for place, question in enumerate(questions):
            with columns[place % 2]:
                value = _answer(question, f"{key}:question:{place}")
            if value is not None:
                answers[question.kind, question.printed] = value
        sent = st.form_submit_button("按所选重新判读")
    return answers if sent else None


def _answer(question: Question, key: str) -> str | None:
    heading = f"{_ASK[question.kind]}“{question.printed}”（{question.cells} 处）"
    values = {option(words): value for value, words in question.offered.items()}
    answer = st.selectbox(
        label(heading), list(values), index=None, placeholder=_placeholder(question), key=key
    )
    return values.get(answer) if answer is not None else None


def _placeholder(question: Question) -> str:
    likely = list(question.offered.values())[: question.likely]
    return "可能是：" + "、".join(likely[:3]) if likely else "从登记簿中选择"
