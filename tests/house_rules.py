"""The house rules that a machine can see in the syntax tree (CONTRIBUTING.md), as data.

A rule looks at one source file and yields line and sentence; the sentence tells the remedy.
An exception is made here, by name and with its reason, never in the file that needs it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from supervision import vocabulary

Finding = tuple[int, str]
_STATES = frozenset(
    str(state)
    for states in (
        vocabulary.ItemState,
        vocabulary.RoundState,
        vocabulary.LedgerStatus,
        vocabulary.Satisfaction,
        vocabulary.Resolution,
        vocabulary.DeadlineBasis,
    )
    for state in states
) - {"none"}  # an everyday word of settings as well


@dataclass(frozen=True)
class SourceFile:
    """A Python file of the tree: path from the project's top, text, syntax tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text)

    def within(self, *places: str) -> bool:
        """Whether the file is one of these files or stands in one of these folders."""
        return any(self.path == place or self.path.startswith(f"{place}/") for place in places)

    def calls(self) -> Iterator[ast.Call]:
        """Every call in the file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def functions(self) -> Iterator[ast.FunctionDef]:
        """Every function and method in the file."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))


def called(node: ast.Call) -> str:
    """The last name of what is called: `update` for `st.session_state.update(…)`."""
    return last_name(node.func)


def last_name(node: ast.AST) -> str:
    """The last part of a dotted name; empty for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


ROOMS = ("supervision", "data_access", "dashboard", "sample_data", "benchmarks")
PAGE_LINES, MODULE_LINES = 80, 300


def a_page_is_a_table_of_contents(file: SourceFile) -> Iterator[Finding]:
    """Rule 2: pages of at most 80 lines, modules of at most 300."""
    # A migration is written once and never edited again; its length is the schema's.
    if file.within("data_access/migrations/versions"):
        return
    most = PAGE_LINES if file.within("dashboard/app_pages") else MODULE_LINES
    if (lines := file.text.count("\n")) > most:
        yield lines, f"{lines} lines, at most {most}: move what has a name of its own out"


def the_clock_is_asked_once(file: SourceFile) -> Iterator[Finding]:
    """Rule 3: only data_access/clock.py asks the machine for the day."""
    if file.within("data_access/clock.py"):
        return
    for call in file.calls():
        asked = call.func
        if not isinstance(asked, ast.Attribute) or asked.attr not in {"now", "today", "utcnow"}:
            continue
        # dashboard.reads.today() passes the clock's answer on.
        if last_name(asked.value) not in {"clock", "reads"}:
            yield call.lineno, "take the day as as_of, or ask data_access.clock"


def reads_are_told_scope_and_day(file: SourceFile) -> Iterator[Finding]:
    """Rules 3 and 7: a question to the store has keyword-only `scope` and `as_of`."""
    if not file.within("data_access/reads"):
        return
    for function in file.functions():
        takes = [argument.arg for argument in function.args.args]
        if function.name.startswith("_") or "engine" not in takes:
            continue
        if missing := {"scope", "as_of"} - {argument.arg for argument in function.args.kwonlyargs}:
            yield (
                function.lineno,
                f"{function.name} needs keyword-only {', '.join(sorted(missing))}",
            )


def states_are_named_not_spelled(file: SourceFile) -> Iterator[Finding]:
    """Rule 4: a state is compared by its name in supervision.vocabulary."""
    if not file.within("supervision", "data_access", "dashboard"):
        return
    if file.within("supervision/vocabulary.py", "data_access/migrations"):
        return
    for node in ast.walk(file.tree):
        compared: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and called(node) in {"is_in", "in_", "eq", "ne"}:
            compared = node.args
        elif isinstance(node, ast.MatchValue):
            compared = [node.value]
        for part in (leaf for whole in compared for leaf in _literals(whole)):
            if part.value in _STATES:
                yield part.lineno, f"{part.value!r} is a state: use its name in vocabulary"


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from _literals(element)


def rates_keep_their_counts(file: SourceFile) -> Iterator[Finding]:
    """Rule 5: the store answers with n and of; only Rate divides."""
    if not file.within("data_access"):
        return
    for call in file.calls():
        named = [
            argument.value
            for argument in call.args
            if called(call) in {"label", "alias", "Column"} and isinstance(argument, ast.Constant)
        ]
        named += [key.arg for key in call.keywords if called(call) in {"with_columns", "assign"}]
        if any(isinstance(name, str) and name.split("_")[-1] == "rate" for name in named):
            yield call.lineno, "a column of rates: give n and of, supervision.metrics.Rate divides"


def only_the_door_commits(file: SourceFile) -> Iterator[Finding]:
    """Rule 6: transactions begin and end in data_access/database.py."""
    if not file.within(*ROOMS) or file.within("data_access/database.py"):
        return
    for call in file.calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr in {
            "commit", "rollback", "begin", "begin_nested",
        }:  # fmt: skip
            yield call.lineno, "use data_access.database: transaction, writing_aside or reading"


DOORS_FOR_ASKING = (
    "dashboard/reads.py", "dashboard/leader_reads.py", "dashboard/programme_reads.py",
    "dashboard/meeting_reads.py", "dashboard/loop_reads.py", "dashboard/notice_reads.py",
)  # fmt: skip
_WHO_ASKS = frozenset({"session_state", "user", "query_params", "context"})


def what_is_remembered_names_what_it_depends_on(file: SourceFile) -> Iterator[Finding]:
    """Rule 7: st.cache_data only in the doors for asking, keyed by change and scope, bounded."""
    for function in file.functions():
        for decorator in function.decorator_list:
            call = decorator.func if isinstance(decorator, ast.Call) else decorator
            if last_name(call) != "cache_data":
                continue
            if not file.within(*DOORS_FOR_ASKING):
                yield function.lineno, "only the doors for asking remember data"
            bounds = {k.arg for k in decorator.keywords} if isinstance(decorator, ast.Call) else {}
            if "max_entries" not in bounds:
                yield function.lineno, f"{function.name} remembers without max_entries"
            takes = {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
            if missing := {"change", "scope"} - takes:
                yield function.lineno, f"{function.name} forgets {', '.join(sorted(missing))}"
            for node in ast.walk(function):
                if isinstance(node, ast.Attribute) and node.attr in _WHO_ASKS:
                    yield node.lineno, f"a remembered answer must not look at st.{node.attr}"


def nothing_crosses_a_border_undressed(file: SourceFile) -> Iterator[Finding]:
    """Rule 8: no unpickling; no row, statement or table leaves data_access.reads."""
    for node in ast.walk(file.tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if {name.split(".")[0] for name in modules} & {"pickle", "shelve", "marshal", "dill"}:
            yield node.lineno, "text comes in, never objects"
    if not file.within("data_access/reads"):
        return
    for function in file.functions():
        if function.name.startswith("_") or function.returns is None:
            continue
        given = {last_name(node) for node in ast.walk(function.returns)}
        if found := given & {"Row", "RowMapping", "Result", "Select", "Table", "CursorResult"}:
            yield (
                function.lineno,
                f"{function.name} hands out {found.pop()}: give a frame or record",
            )


def a_ledger_is_stored_in_one_transaction(file: SourceFile) -> Iterator[Finding]:
    """Rule 9: within ledger_import only apply.py opens a transaction, and only one."""
    if not file.within("data_access/ledger_import"):
        return
    opened = [call for call in file.calls() if called(call) in {"transaction", "writing_aside"}]
    allowed = 1 if file.within("data_access/ledger_import/apply.py") else 0
    for call in opened[allowed:]:
        yield call.lineno, "a ledger is stored whole or not at all, in apply.py"


_MAY_LEAVE_OUT = {
    "tests/stores.py": "a machine without any PostgreSQL",
    "tests/browsing.py": "a machine without Chromium",
}


def a_test_says_a_sentence_and_can_be_false(file: SourceFile) -> Iterator[Finding]:
    """Rule 10: every test asserts; none is skipped, mocked or expected to fail unexplained."""
    if not file.within("tests"):
        return
    if PurePosixPath(file.path).name.startswith("test_"):
        yield from _tests_without_a_claim(file)
    for node in ast.walk(file.tree):
        name = last_name(node) if isinstance(node, ast.Attribute) else ""
        if name in {"skip", "skipif", "importorskip"} and file.path not in _MAY_LEAVE_OUT:
            yield node.lineno, "no test is skipped; what a machine lacks is told by tests/browsing"
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [getattr(node, "module", None), *(alias.name for alias in node.names)]
            if any(name in {"mock", "unittest.mock"} for name in names):
                yield node.lineno, "use the real thing: a real file, a real database"


def _tests_without_a_claim(file: SourceFile) -> Iterator[Finding]:
    for function in file.functions():
        if not function.name.startswith("test_"):
            continue
        claims = any(
            (isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant))
            or (isinstance(node, ast.Call) and called(node) in {"raises", "expect"})
            for node in ast.walk(function)
        )
        if not claims:
            yield function.lineno, f"{function.name} cannot be false: assert something"
        if len(function.name.split("_")) < 4:
            yield function.lineno, f"{function.name} is no sentence"


def modules_are_nouns_of_the_work(file: SourceFile) -> Iterator[Finding]:
    """Names: no drawer for what found no place."""
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "service", "misc"}
    if found := drawers & set(PurePosixPath(file.path).with_suffix("").parts):
        yield 1, f"a module named {found.pop()}: name it after what it knows"


RULES: tuple[Callable[[SourceFile], Iterator[Finding]], ...] = (
    a_page_is_a_table_of_contents,
    the_clock_is_asked_once,
    reads_are_told_scope_and_day,
    states_are_named_not_spelled,
    rates_keep_their_counts,
    only_the_door_commits,
    what_is_remembered_names_what_it_depends_on,
    nothing_crosses_a_border_undressed,
    a_ledger_is_stored_in_one_transaction,
    a_test_says_a_sentence_and_can_be_false,
    modules_are_nouns_of_the_work,
)
