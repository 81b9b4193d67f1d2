"""Workbooks of the page 账号管理: the template to fill in, and one-time passwords to hand out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import xlsxwriter

from dashboard.briefing.sheet_look import Look, on_paper
from dashboard.briefing.sheet_text import write_text
from dashboard.briefing.watermark import Watermark
from supervision.rights import ROLES_OF_PEOPLE, needs_a_scope

_TEMPLATE_ROWS = 200
_WIDTHS = (20, 14, 30, 40, 30)
_ADVICE = (
    "从“账号”表的第 2 行起，每行填一个账号；不要改表头。",
    "账号：字母、数字和 . _ @ -，2 到 60 个字符，以字母或数字开头，全市不重复。",
    "角色：可以填几个，用顿号分开；系统管理员、审计员不能兼任其他角色。",
    "可见范围：填“全市”，或者下列县区、单位的名称，用顿号分开；系统管理员、审计员留空。",
    "统一身份标识：接入统一身份认证时填，没有就留空。",
    "全部账号都没有错误时才会建立；一次性密码建立后只能下载一次。",
)


class Issued(Protocol):
    """A new account with its one-time password."""

    @property
    def login(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def password(self) -> str: ...


def accounts_template(
    headings: Sequence[str], units: Sequence[str], departments: Sequence[str]
) -> bytes:
    """An empty sheet 账号 with its headings, and a sheet that says what may be written."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    look = Look(workbook)
    text = workbook.add_format({"num_format": "@"})
    sheet = workbook.add_worksheet("账号")
    for place, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
        # A login of digits must stay the text that was typed.
        sheet.set_column(place, place, width, text)
        write_text(sheet, 0, place, heading, look["heading"])
    sheet.freeze_panes(1, 0)
    on_paper(sheet, title="账号导入模板", watermark=None)
    sheet.hide_gridlines(0)
    sheet.data_validation(
        1, 2, _TEMPLATE_ROWS, 2,
        {"validate": "list", "source": [role.label for role in ROLES_OF_PEOPLE],
         "error_type": "information", "error_title": "角色",
         "error_message": "可以填几个角色，用顿号分开。"},
    )  # fmt: skip
    _advise(workbook.add_worksheet("填写说明"), look, units, departments)
    workbook.close()
    return made.getvalue()


def _advise(sheet: Any, look: Look, units: Sequence[str], departments: Sequence[str]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, 40)
    on_paper(sheet, title="账号导入模板：填写说明", watermark=None)
    for row, sentence in enumerate(_ADVICE):
        write_text(sheet, row, 0, sentence, look["told"])
    top = len(_ADVICE) + 1
    roles = [
        role.label + ("" if needs_a_scope(frozenset({role})) else "（可见范围留空）")
        for role in ROLES_OF_PEOPLE
    ]
    for place, (heading, entries) in enumerate(
        (("角色", roles), ("县（区）", units), ("单位", departments))
    ):
        write_text(sheet, top, place, heading, look["heading"])
        for below, entry in enumerate(entries, start=top + 1):
            write_text(sheet, below, place, entry, look["text"])


def passwords_workbook(passwords: Iterable[Issued], watermark: Watermark) -> bytes:
    """Login, person and one-time password, one a row; the sheet says who took it out."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    look = Look(workbook)
    sheet = workbook.add_worksheet("一次性密码")
    sheet.set_column(0, 2, 36)
    write_text(sheet, 0, 0, watermark.words, look["told"])
    for place, heading in enumerate(("账号", "姓名", "一次性密码")):
        write_text(sheet, 1, place, heading, look["heading"])
    for row, issued in enumerate(passwords, start=2):
        for place, words in enumerate((issued.login, issued.name, issued.password)):
            write_text(sheet, row, place, words, look["text"])
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    on_paper(sheet, title="一次性密码", watermark=watermark)
    workbook.close()
    return made.getvalue()
