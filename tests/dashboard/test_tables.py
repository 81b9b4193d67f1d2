from datetime import date

import pandas as pd
import pytest

from dashboard.parts.safe import clean, label
from dashboard.parts.tables import column_config, rows_digest, table_frame


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
