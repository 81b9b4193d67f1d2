"""口径说明：每个指标统计什么、怎么算、不计什么、现在是多少；与台账、简报和导出同一个登记表。"""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboard import programme_reads, reads
from dashboard.frame import shared
from dashboard.parts.about import about_registered
from dashboard.parts.lists import term_list
from dashboard.parts.room import room_for
from dashboard.parts.safe import label, plain
from dashboard.programmes.about import figures_told
from dashboard.viewer import viewer_with
from supervision.figure_words import GENERAL, SECTIONS, value_told
from supervision.rights import Right

A_TERM = 110
"""Pixels that the words of one figure take, about."""

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
told = reads.told_figures(reads.change(), who.scope, as_of, filters)
values = {one.figure.slug: value_told(one.figure, one.n, one.of) for one in told}

for sentence in (*GENERAL, "“本期”是筛选所选的时段，没有选时为本月；在办等状态截至当日。"):
    plain(sentence)
wanted = st.text_input("查找指标", placeholder="名称或说明里的字，例如：反馈", key="wanted").strip()
found = [one for one in told if wanted in one.figure.name + one.figure.definition]
of_programmes = figures_told(
    programme_reads.programmes(reads.change(), who.scope, as_of, filters), filters, as_of, wanted
)
if not found and not of_programmes:
    st.info("没有这样的指标，请换一个词。")
for section, figures in groupby(found, key=lambda one: one.figure.section):
    st.header(SECTIONS[section], anchor=False)
    terms = [(one.figure.name, about_registered(one, values)) for one in figures]
    with room_for(len(terms) * A_TERM, section):
        term_list(terms)
for n, (programme, lines) in enumerate(of_programmes):
    st.subheader(label(f"专题：{programme}"), anchor=False)
    terms = list(lines)
    with room_for(len(terms) * A_TERM, f"programme_{n}"):
        term_list(terms)
