"""The tab 批量导入: template, workbook, faults by cell, all accounts or none."""

from __future__ import annotations

import streamlit as st

from dashboard import acts, reads
from dashboard.acts import ACCOUNT_HEADINGS, AccountSheet
from dashboard.administration.account_words import role_words
from dashboard.administration.done import issue
from dashboard.administration.office_table import Shown, office_table
from dashboard.administration.refusals import refusals_told
from dashboard.administration.sheet_upload import faults_told, sheet_taken, uploaded_sheet
from dashboard.briefing.account_workbooks import accounts_template
from dashboard.downloads import Made, Offer, download_button
from dashboard.parts.panels import headline
from dashboard.viewer import viewer
from supervision.rights import Right, needs_a_scope
from supervision.scope import Viewer, scope_words

_WANTED = {
    "login": Shown("账号", 140),
    "name": Shown("姓名", 120),
    "roles": Shown("角色", 260),
    "scope": Shown("可见范围", 320),
}
_NAME = "account"


def account_batch(who: Viewer) -> None:
    """From the template to the accounts."""
    names = reads.names_for_scopes(who)
    st.caption("每行一个账号，逐格检查；有一处错误就一个也不建立。")
    template = accounts_template(tuple(ACCOUNT_HEADINGS.values()), names.units, names.departments)
    download_button(
        "下载模板",
        Offer("账号导入模板", (), "账号导入模板.xlsx", Right.MANAGE_ACCOUNTS),
        lambda _who, _mark: Made(template, 0),
    )
    with refusals_told():
        book = uploaded_sheet("选择填好的账号表", name=_NAME)
        if book is None:
            return
        sheet = acts.judge_accounts(book, viewer=who)
        if sheet.faults:
            told = f"{len(sheet.wanted)} 个账号，{len(sheet.faults)} 处错误，一个也没有建立"
            faults_told(sheet.faults, told, key="account_faults", alt="账号表的错误")
        else:
            _offered(sheet)


def _offered(sheet: AccountSheet) -> None:
    headline(f"{len(sheet.wanted)} 个账号，没有发现问题", key="account_batch")
    rows = [
        (one.login, one.name, role_words(one.roles),
         scope_words(one.scope) if needs_a_scope(one.roles) else "不看事项")
        for one in sheet.wanted
    ]  # fmt: skip
    office_table(rows, _WANTED, key="account_batch", alt="待建立的账号", choose=False)
    if st.button(f"建立 {len(sheet.wanted)} 个账号", type="primary"):
        with st.spinner("正在建立账号……"):
            issued = acts.create_accounts(sheet.wanted, viewer=viewer())
        sheet_taken(_NAME)
        issue(issued, f"已建立 {len(issued)} 个账号。")
