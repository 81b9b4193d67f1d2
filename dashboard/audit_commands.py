"""The audit trail at the terminal: is it whole, and a workbook of it for inspection."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from dashboard.briefing.audit_workbook import TITLE, audit_workbook
from dashboard.briefing.watermark import Watermark
from dashboard.briefing.workbook import MOST_ROWS
from dashboard.terminal import ACCEPTED, REJECTED, WITH_ERRORS, say
from data_access import clock
from data_access.accounts.known import LOCAL
from data_access.audit_reading import AuditFilters, audit_count, audit_entries
from data_access.audit_trail import ChainVerdict, verified_chain
from data_access.writes.export import Export, record_export


def verify(engine: Engine) -> int:
    """Say whether the chain fits from its first row to its last."""
    verdict = verified_chain(engine)
    say(_standing(verdict))
    return ACCEPTED if verdict.fault is None else WITH_ERRORS


def export(engine: Engine, path: Path, first: date | None, last: date | None) -> int:
    """Write the rows of these days to a workbook, and record that it was done."""
    if path.suffix.lower() != ".xlsx":
        say("请写一个以 .xlsx 结尾的文件名。")
        return REJECTED
    filters = AuditFilters(first=first, last=last)
    rows = audit_count(engine, filters, viewer=LOCAL)
    if rows > MOST_ROWS:
        say(f"共 {rows} 条，超过一张工作表的 {MOST_ROWS} 行，请用 --from、--to 分段导出。")
        return REJECTED
    told = [f"自：{first}" if first else "", f"至：{last}" if last else ""]
    content = audit_workbook(
        audit_entries(engine, filters, viewer=LOCAL),
        as_of=clock.today(),
        told=[words for words in told if words],
        standing=_standing(verified_chain(engine)),
        watermark=Watermark(LOCAL.name, LOCAL.account, clock.now()),
    )
    record_export(
        engine, Export(TITLE, [words for words in told if words], rows, path.name), viewer=LOCAL
    )
    try:
        path.write_bytes(content)
    except OSError:
        say(f"写不了 {path}，请换一个位置。")
        return REJECTED
    say(f"已导出 {rows} 条审计记录到 {path}。")
    return ACCEPTED


def _standing(verdict: ChainVerdict) -> str:
    if verdict.fault is not None:
        return f"记录不完整：{verdict.fault}"
    return f"记录完整，共 {verdict.length:,} 条"
