"""Rules about text that others read or run: Markdown, HTML, SQL, names of machines and hosts."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from tests.house_rules import Finding, SourceFile, called, last_name

HTML_MAKERS = {
    "dashboard/parts/lists.py": "names and values of one item, every part escaped",
    "dashboard/parts/paper.py": "a list for the printer, every part escaped",
    "dashboard/parts/panels.py": "the keys of lamps and classes, from our own constants",
    "dashboard/parts/style.py": "the colours of an appearance",
    "dashboard/parts/tiles.py": "the number tiles, every part escaped",
}
_OUR_OWN = frozenset({"sign"})  # a lamp's shape, a constant of parts/theme.py

TEXT_SQL_MAKERS = {
    "data_access/bulk.py": "COPY and sequences have no expression in SQLAlchemy",
    "data_access/database.py": "PRAGMA and BEGIN IMMEDIATE are SQLite's own words",
    "data_access/facts.py": "runs a compiled select and takes the driver's own tuples",
    "data_access/text_index.py": "FTS5 and GIN arrays have no expression in SQLAlchemy",
}

READS_MARKDOWN = frozenset(
    {"badge", "button", "caption", "checkbox", "error", "expander", "header", "info", "link_button",
     "markdown", "metric", "page_link", "popover", "radio", "selectbox", "subheader", "success",
     "title", "toast", "warning", "write"}
)  # fmt: skip
_DRESSERS = frozenset({"label", "escape", "len", "int"})
_LEDGER_TEXTS = frozenset(
    {"title", "content", "number", "address", "village", "township", "file_name", "sheet", "raw",
     "words", "theme", "host", "result", "process", "reason"}
)  # fmt: skip


def ledger_text_is_never_markdown(file: SourceFile) -> Iterator[Finding]:
    """What Streamlit reads as Markdown takes ledger text only through parts.safe.label."""
    if not file.within("dashboard"):
        return
    for call in file.calls():
        if any(key.arg == "unsafe_allow_html" for key in call.keywords):
            yield call.lineno, "no unsafe_allow_html: draw with parts.safe.plain"
        if not isinstance(call.func, ast.Attribute) or called(call) not in READS_MARKDOWN:
            continue
        if called(call) in {"markdown", "write"} and last_name(call.func.value) == "st":
            yield call.lineno, f"no st.{called(call)}: draw with parts.safe.plain or st.caption"
        shown = [*call.args[:1], *(key.value for key in call.keywords if key.arg == "label")]
        for node in (bare for part in shown for bare in _undressed(part)):
            yield node.lineno, f"{ast.unparse(node)} is read as Markdown: dress it with safe.label"


def html_is_made_of_escaped_parts(file: SourceFile) -> Iterator[Finding]:
    """st.html only in modules named here, and there each part from outside is escaped."""
    if not file.within("dashboard"):
        return
    for call in file.calls():
        if called(call) == "html" and file.path not in HTML_MAKERS:
            yield call.lineno, "no st.html here: parts draw it, each text escaped"
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.JoinedStr) or "<" not in _constant_part(node):
            continue
        for part in (bare for value in node.values for bare in _undressed(value, any_name=True)):
            yield part.lineno, f"{ast.unparse(part)} stands in HTML: escape it"


def _constant_part(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def _undressed(node: ast.expr, *, any_name: bool = False) -> Iterator[ast.expr]:
    """Subscripts and attributes that may hold ledger text, outside a dressing call."""
    if isinstance(node, ast.Subscript | ast.Attribute):
        if _may_be_ledger_text(node, any_name=any_name):
            yield node
        return
    for part in _parts(node):
        yield from _undressed(part, any_name=any_name)


def _may_be_ledger_text(node: ast.Subscript | ast.Attribute, *, any_name: bool) -> bool:
    if isinstance(node, ast.Subscript):
        named = isinstance(node.slice, ast.Constant)
        return named and (any_name or node.slice.value in _LEDGER_TEXTS)
    ours = node.attr.isupper() or node.attr in _OUR_OWN
    return node.attr in _LEDGER_TEXTS or (any_name and not ours)


def _parts(node: ast.expr) -> list[ast.expr]:
    """What a text is put together from; nothing for a call that dresses."""
    if isinstance(node, ast.Call):
        return [] if last_name(node.func) in _DRESSERS else node.args
    if isinstance(node, ast.FormattedValue):
        # A format of numbers or days cannot carry anybody's words.
        return [node.value] if node.format_spec is None else []
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    return node.values if isinstance(node, ast.BoolOp) else []


def sql_is_written_in_expressions(file: SourceFile) -> Iterator[Finding]:
    """No text SQL but in migrations and the modules named here."""
    if not file.within("data_access", "dashboard", "benchmarks"):
        return
    if file.within("data_access/migrations") or file.path in TEXT_SQL_MAKERS:
        return
    from_sqlalchemy = {
        alias.asname or alias.name
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in {"text", "literal_column", "DDL"}
    }
    for call in file.calls():
        by_name = isinstance(call.func, ast.Name) and call.func.id in from_sqlalchemy
        by_driver = called(call) in {"exec_driver_sql", "executescript"}
        spelled = called(call) in {"execute", "executemany", "read_sql"} and any(
            isinstance(argument, ast.JoinedStr)
            or (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
            for argument in call.args[:1]
        )
        if by_name or by_driver or spelled:
            yield call.lineno, "write the question in SQLAlchemy expressions"


TEXT_RULES: tuple[Callable[[SourceFile], Iterator[Finding]], ...] = (
    ledger_text_is_never_markdown,
    html_is_made_of_escaped_parts,
    sql_is_written_in_expressions,
)

# Written so that the patterns do not find themselves.
_PLACES = (
    re.compile(r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian[.]org"),
    re.compile(r"https?://[^\s/]*(?:mirror|pypi|artifactory|nexus)"),
    re.compile(r"(?<![\w.*-])/(?:work|tmp|root)(?![\w-])"),
)


def names_of_machines(text: str) -> Iterator[Finding]:
    """Registry hosts and paths of one machine in any tracked text."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in (pattern.search(line) for pattern in _PLACES):
            if found:
                yield number, f"{found.group()} belongs to one machine or network"
