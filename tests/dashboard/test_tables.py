import sys
from datetime import date

import pandas as pd
import pytest

from dashboard.parts import safe
from dashboard.parts.below_title import text_width, titles_with_more, told_below
from dashboard.parts.column_room import LAPTOP, NARROW, PHONE, laid_out, widths_within
from dashboard.parts.item_sources import field_word
from dashboard.parts.ledger_tables import without_place
from dashboard.parts.safe import clean, label, option
from dashboard.parts.tables import clicked_rows, column_config, rows_digest, table_frame


def rows():
    return pd.DataFrame(
        {
            "item_id": [7, 8],
            "light": ["red", "no_deadline"],
            "due_on": [date(2026, 3, 2), None],
            "title": ["路灯\x00不亮\u202e", None],
            "lead": ["市住建局", "市城管局"],
        }
    )


def test_only_the_columns_asked_for_are_sent():
    assert list(table_frame(rows(), ["title", "light"]).columns) == ["title", "light"]


def test_a_light_is_told_by_sign_and_word():
    assert list(table_frame(rows(), ["light"])["light"]) == [["▲ 逾期"], ["○ 期限待核"]]


def test_text_is_cleaned_and_missing_stays_missing():
    titles = table_frame(rows(), ["title"])["title"]
    assert titles.iloc[0] == "路灯不亮"
    assert titles.isna().iloc[1]


def test_dates_keep_their_gaps():
    due = table_frame(rows(), ["due_on"])["due_on"]
    assert due.iloc[0] == pd.Timestamp(2026, 3, 2)
    assert pd.isna(due.iloc[1])


def test_headings_are_chinese():
    headings = {name: made["label"] for name, made in column_config(["light", "due_on"]).items()}
    assert headings == {"light": "亮灯", "due_on": "反馈期限"}


def test_other_rows_or_another_order_are_another_table():
    assert rows_digest([1, 2, 3]) == rows_digest([1, 2, 3])
    assert len({rows_digest([1, 2, 3]), rows_digest([2, 1, 3]), rows_digest([1, 2])}) == 3


def test_an_empty_table_still_has_its_columns():
    assert list(table_frame(rows().head(0), ["light", "title"]).columns) == ["light", "title"]


@pytest.mark.parametrize("text", ["a\ud800b", "a\x00b", "a\u2066b", "a\u200bb"])
def test_what_cannot_be_shown_is_left_out(text):
    assert clean(text) == "ab"


def test_no_control_half_sign_or_turner_of_text_passes_for_printable():
    ranges = [(0x00, 0x08), (0x0B, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0x200B, 0x200F),
              (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF)]  # fmt: skip
    unseen = [chr(code) for first, last in ranges for code in range(first, last + 1)]
    assert {clean(f"水{sign}电") for sign in unseen} == {"水电"}


@pytest.mark.parametrize("mark", ["*", "_", "`", "[", "]", "<", "$", "#", "~", "|", "!"])
def test_a_label_escapes_what_markdown_reads(mark):
    assert f"\\{mark}" in label(f"a{mark}b")


def test_a_label_is_one_line():
    assert label("一\n二") == "一 二"


def test_a_clicked_cell_is_its_row_and_ticks_are_kept_apart():
    told = {"selection": {"rows": [2, 4], "cells": [(3, "title")]}}
    assert clicked_rows(told) == (3, [2, 4])
    assert clicked_rows({"selection": {"rows": [], "cells": []}}) == (None, [])


def test_a_button_in_a_row_is_no_click_on_the_row():
    told = {"selection": {"rows": [1], "columns": [], "cells": [[0, "act"]]}}
    assert clicked_rows(told) == (None, [1])


@pytest.mark.parametrize(
    ("text", "read"),
    [("上坪镇(连平)", "上坪镇（连平）"), ("a_b*c", "a＿b＊c"), ("一\n二", "一 二")],
)
def test_an_option_reads_the_same_as_markdown_and_as_text(text, read):
    assert option(text) == read


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("工作表“台账”G6（牵头单位）“魔法局”不在登记簿。", "“魔法局”不在登记簿。"),
        ("工作表“台账”G6是合并单元格。", "工作表“台账”G6是合并单元格。"),
        ("文件没有数据行。", "文件没有数据行。"),
    ],
)
def test_a_fault_does_not_repeat_the_place_beside_it(message, left):
    assert without_place(message, "台账", "G6") == left


def test_every_source_cell_has_a_chinese_field_name():
    words = {"row_number": "序号"}
    assert field_word("row_number", words) == "序号"
    assert field_word("status:closed", words) == "办理状态"
    assert field_word("of_a_later_version", words) == "其他"


def test_what_is_printable_holds_none_of_the_signs_that_are_taken_out():
    every = map(chr, range(sys.maxunicode + 1))
    taken_out = [sign for sign in every if safe._UNSEEN.match(sign)]
    assert "\u202e" in taken_out
    assert not any(sign.isprintable() for sign in taken_out)


def test_a_short_name_below_a_title_is_too_long_to_stand_beside_it():
    rows = pd.DataFrame({"title": ["走访了解近况，生活平稳"], "department": ["源城区"]})
    told = titles_with_more(rows, ("department",), width=262, lines=3)[0]
    title, _, below = told.partition(" ")
    assert title.startswith("走访了解近况，生活平稳")
    assert below.startswith("源城区")
    assert text_width(title) + text_width(below) > 262


WANTED = {"light": 130, "title": 420, "lead": 170, "why": 240, "due_on": 104, "round_no": 64}


def test_where_all_columns_fit_each_is_as_wide_as_it_wants():
    assert widths_within(LAPTOP, WANTED, 80) == WANTED


def test_where_they_do_not_fit_each_gives_up_a_part_and_they_fit():
    given = widths_within(990, WANTED, 80)
    assert abs(sum(given.values()) + 80 - 990) <= len(WANTED)
    assert given["title"] < WANTED["title"]
    assert given["round_no"] == WANTED["round_no"]


def test_no_column_becomes_narrower_than_its_words():
    assert widths_within(100, WANTED, 80) == widths_within(400, WANTED, 80)


def test_what_the_lamp_and_the_item_tell_leaves_first_where_there_is_no_room():
    wanted = WANTED | {"state": 120, "assigned_on": 104, "feedback_on": 104, "closed_on": 104}
    assert list(laid_out(wanted, 0, 1330, phone=False).widths) == list(wanted)
    narrower = laid_out(wanted, 0, 1142, phone=False)
    assert list(narrower.widths) == [*WANTED, "feedback_on", "closed_on"]
    assert sum(narrower.widths.values()) + narrower.place <= 1142 + len(wanted)


def test_where_even_the_least_is_too_wide_words_are_broken():
    laid = laid_out({"lead_short": 120, "title": 420, "words": 240}, 0, NARROW, phone=False)
    assert laid.line > 68
    assert sum(laid.widths.values()) + laid.place <= NARROW + 3


def test_on_a_phone_the_title_tells_who_has_it_and_only_the_lamp_stands_beside():
    laid = laid_out(WANTED, 34, PHONE, phone=True)
    assert list(laid.widths) == ["title", "light", "why", "round_no"]
    assert list(laid.below) == ["lead", "light", "due_on"]
    assert 34 + laid.place + laid.widths["title"] + laid.widths["light"] == PHONE


def test_a_table_without_titles_keeps_its_order_on_a_phone():
    laid = laid_out({"lead": 170, "due_on": 104}, 0, PHONE, phone=True)
    assert (list(laid.widths), laid.below) == (["lead", "due_on"], ())


def test_only_on_a_phone_a_line_is_tall_enough_for_words_to_be_broken():
    laid = [laid_out(WANTED, 0, LAPTOP, phone=phone).line > 68 for phone in (True, False)]
    assert laid == [True, False]


def test_a_title_wider_than_its_room_beside_an_act_gets_a_taller_line():
    beside_an_act = laid_out(WANTED, 130, PHONE, phone=True)
    assert beside_an_act.rows > laid_out(WANTED, 0, PHONE, phone=True).rows


@pytest.mark.parametrize(
    ("light", "late", "due", "told"),
    [
        ("red", 19, date(2026, 11, 2), "市应急局 · 逾期 19 日 · 限 11-02"),
        ("green", None, date(2026, 12, 4), "市应急局 · 未到期 · 限 12-04"),
        ("no_deadline", None, None, "市应急局 · 期限待核"),
        ("grey", None, date(2026, 3, 2), "市应急局 · 已办结"),
    ],
)
def test_below_a_title_stands_who_has_it_how_late_it_is_and_its_day(light, late, due, told):
    rows = pd.DataFrame(
        {"lead_short": ["市应急局"], "light": [light], "days_overdue": [late], "due_on": [due]}
    )
    (row,) = table_frame(rows, rows.columns).to_dict("records")
    assert told_below(row, ["lead_short", "light", "days_overdue", "due_on"]) == told


def test_a_long_title_is_cut_and_never_what_stands_below_it():
    rows = pd.DataFrame({"title": ["路灯不亮" * 20, "路灯"], "lead_short": ["市住建局", None]})
    long, short = titles_with_more(
        table_frame(rows, rows.columns), ["lead_short"], width=262, lines=3
    )
    assert long.startswith("路灯不亮")
    assert len(long) < 60
    assert "…" in long
    assert long.rstrip().endswith(" 市住建局")
    assert short.rstrip().endswith(" 牵头单位不明")


def test_the_only_place_where_a_cell_may_be_broken_is_before_what_stands_below():
    rows = pd.DataFrame({"title": ["A 座 路灯\n不亮"], "lead_short": ["市 住建局"]})
    (told,) = titles_with_more(table_frame(rows, rows.columns), ["lead_short"], width=262, lines=3)
    title, more = told.split(" ")
    assert (title.split(), more.split()) == (["A", "座", "路灯", "不亮"], ["市", "住建局"])


def test_a_short_title_fills_its_line_with_signs_as_broad_as_its_letters():
    rows = pd.DataFrame({"title": ["路灯"], "lead_short": ["市住建局"]})
    (told,) = titles_with_more(table_frame(rows, rows.columns), ["lead_short"], width=262, lines=3)
    assert told.count("\N{IDEOGRAPHIC SPACE}") > 10
    assert told.count("\N{NO-BREAK SPACE}") < 4
