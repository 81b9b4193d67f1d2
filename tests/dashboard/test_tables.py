from datetime import date

import pandas as pd
import pytest

from dashboard.parts.column_room import LAPTOP, PHONE, laid_out, on_a_phone, widths_within
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


WANTED = {"light": 130, "title": 420, "lead": 170, "why": 240, "due_on": 104}


def test_where_all_columns_fit_each_is_as_wide_as_it_wants():
    assert widths_within(LAPTOP, WANTED, 80) == WANTED


def test_where_they_do_not_fit_each_gives_up_a_part_and_they_fit():
    given = widths_within(900, WANTED, 80)
    assert abs(sum(given.values()) + 80 - 900) <= len(WANTED)
    assert given["title"] < WANTED["title"]
    assert given["due_on"] == WANTED["due_on"]


def test_no_column_becomes_narrower_than_its_words():
    assert widths_within(100, WANTED, 80) == widths_within(400, WANTED, 80)


def test_on_a_phone_the_title_stands_first_and_what_is_in_sight_fills_the_screen():
    widths = on_a_phone(WANTED, 80)
    assert list(widths) == ["title", "light", "lead", "why", "due_on"]
    assert 80 + widths["title"] + widths["light"] == PHONE


def test_a_table_without_titles_keeps_its_order_on_a_phone():
    assert list(on_a_phone({"lead": 170, "due_on": 104}, 46)) == ["lead", "due_on"]


def test_only_on_a_phone_a_line_is_tall_enough_for_words_to_be_broken():
    laid = [laid_out(WANTED, 0, LAPTOP, phone=phone).line > 64 for phone in (True, False)]
    assert laid == [True, False]
