"""The house rules hold in the whole tree, and each check sees a planted violation."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house_rules import RULES, SourceFile
from tests.text_rules import TEXT_RULES, names_of_machines

PROJECT = Path(__file__).parents[1]
EVERY_RULE = (*RULES, *TEXT_RULES)
BY_NAME = {rule.__name__: rule for rule in EVERY_RULE}


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return [path for path in listed.stdout.split("\0") if path and (PROJECT / path).is_file()]


def _texts() -> Iterator[tuple[str, str]]:
    for path in _tracked():
        try:
            yield path, (PROJECT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.fixture(scope="module")
def sources() -> list[SourceFile]:
    """Every tracked Python file."""
    return [SourceFile(path, text) for path, text in _texts() if path.endswith(".py")]


@pytest.mark.parametrize("rule", EVERY_RULE, ids=BY_NAME)
def test_the_tree_keeps_the_rule(sources: list[SourceFile], rule):
    found = [f"{file.path}:{line} {told}" for file in sources for line, told in rule(file)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        ("a_page_is_a_table_of_contents", "dashboard/app_pages/overview.py", "a = 1\n" * 81),
        ("a_page_is_a_table_of_contents", "data_access/facts.py", "a = 1\n" * 301),
        ("the_clock_is_asked_once", "dashboard/frame.py", "date.today()"),
        ("the_clock_is_asked_once", "data_access/facts.py", "pd.Timestamp.now()"),
        ("reads_are_told_scope_and_day", "data_access/reads/items.py",
         "def item_page(engine, *, as_of): ..."),
        ("reads_are_told_scope_and_day", "data_access/reads/items.py",
         "def item_page(engine, scope, *, as_of): ..."),
        ("states_are_named_not_spelled", "data_access/figures.py", "state == 'in_round'"),
        ("states_are_named_not_spelled", "data_access/figures.py",
         "pl.col('state').is_in(['closed', 'archived'])"),
        ("states_are_named_not_spelled", "dashboard/frame.py",
         "match state:\n    case 'in_round':\n        pass"),
        ("rates_keep_their_counts", "data_access/reads/overview.py", "(n / of).alias('rate')"),
        ("rates_keep_their_counts", "data_access/reads/overview.py", "f.assign(late_rate=1)"),
        ("only_the_door_commits", "data_access/writes/feedback.py", "session.commit()"),
        ("only_the_door_commits", "benchmarks/fill.py", "with connection.begin(): ..."),
        ("what_is_remembered_names_what_it_depends_on", "dashboard/parts/tables.py",
         "@st.cache_data(max_entries=4)\ndef rows(change, scope): ..."),
        ("what_is_remembered_names_what_it_depends_on", "dashboard/reads.py",
         "@st.cache_data(max_entries=4)\ndef rows(change, as_of): ..."),
        ("what_is_remembered_names_what_it_depends_on", "dashboard/reads.py",
         "@st.cache_data(max_entries=4)\ndef rows(scope, as_of): ..."),
        ("what_is_remembered_names_what_it_depends_on", "dashboard/reads.py",
         "@st.cache_data\ndef rows(change, scope): ..."),
        ("what_is_remembered_names_what_it_depends_on", "dashboard/reads.py",
         "@st.cache_data(max_entries=4)\ndef rows(change, scope): st.session_state"),
        ("nothing_crosses_a_border_undressed", "dashboard/frame.py", "import pickle"),
        ("nothing_crosses_a_border_undressed", "data_access/reads/items.py",
         "def rows(engine) -> list[Row]: ..."),
        ("a_ledger_is_stored_in_one_transaction", "data_access/ledger_import/plan.py",
         "with transaction(engine): ..."),
        ("a_ledger_is_stored_in_one_transaction", "data_access/ledger_import/apply.py",
         "with transaction(engine): ...\nwith transaction(engine): ..."),
        ("a_test_says_a_sentence_and_can_be_false", "tests/test_some.py",
         "def test_that_nothing_is_said():\n    print(1)"),
        ("a_test_says_a_sentence_and_can_be_false", "tests/test_some.py",
         "def test_that_nothing_is_said():\n    assert True"),
        ("a_test_says_a_sentence_and_can_be_false", "tests/test_some.py",
         "def test_import():\n    assert rows"),
        ("a_test_says_a_sentence_and_can_be_false", "tests/test_some.py",
         "@pytest.mark.skip\ndef test_that_it_is_left_out():\n    assert rows"),
        ("a_test_says_a_sentence_and_can_be_false", "tests/test_some.py",
         "from unittest.mock import patch"),
        ("modules_are_nouns_of_the_work", "dashboard/utils.py", ""),
        ("modules_are_nouns_of_the_work", "data_access/common/rows.py", ""),
        ("ledger_text_is_never_markdown", "dashboard/frame.py",
         "st.caption('<b>x</b>', unsafe_allow_html=True)"),
        ("ledger_text_is_never_markdown", "dashboard/frame.py", "st.markdown(f'## {title}')"),
        ("ledger_text_is_never_markdown", "dashboard/frame.py", "st.caption(row['title'])"),
        ("ledger_text_is_never_markdown", "dashboard/frame.py", "st.error(f'没有 {a.file_name}')"),
        ("ledger_text_is_never_markdown", "dashboard/frame.py", "column.button(label=item.title)"),
        ("html_is_made_of_escaped_parts", "dashboard/frame.py", "st.html('<b>x</b>')"),
        ("html_is_made_of_escaped_parts", "dashboard/parts/tiles.py", "f'<b>{tile.label}</b>'"),
        ("html_is_made_of_escaped_parts", "dashboard/parts/tiles.py", "f'<b>{row[\"title\"]}</b>'"),
        ("sql_is_written_in_expressions", "data_access/reads/items.py",
         "from sqlalchemy import text\ntext('SELECT 1')"),
        ("sql_is_written_in_expressions", "data_access/reads/items.py",
         "connection.exec_driver_sql(statement)"),
        ("sql_is_written_in_expressions", "data_access/writes/feedback.py",
         "cursor.execute(f'DELETE FROM {table}')"),
    ],
)  # fmt: skip
def test_a_planted_violation_is_seen(rule: str, path: str, text: str):
    assert len(list(BY_NAME[rule](SourceFile(path, text)))) >= 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dashboard/frame.py", "st.caption(f'共 {len(rows)} 件，{row[\"due_on\"]:%m-%d}')"),
        ("dashboard/frame.py", "st.caption('编号 ' + label(row['number']))"),
        ("dashboard/frame.py", "as_of = reads.today()"),
        ("dashboard/parts/tiles.py", "f'<b>{escape(tile.label)}</b>'"),
        ("data_access/text_index.py", "from sqlalchemy import text\ntext('SELECT 1')"),
        ("data_access/figures.py", "pl.col('state').is_in(OPEN)"),
        ("data_access/reads/items.py", "def rows(engine, *, scope, as_of) -> pd.DataFrame: ..."),
        ("tests/test_some.py", "def test_that_it_refuses():\n    with pytest.raises(E): f()"),
    ],
)
def test_what_keeps_the_rules_is_left_alone(path: str, text: str):
    assert [told for rule in EVERY_RULE for told in rule(SourceFile(path, text))] == []


def test_no_tracked_file_names_a_registry_or_a_path_of_one_machine():
    found = [f"{path}:{line} {told}" for path, t in _texts() for line, told in names_of_machines(t)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("place", [("pypi", "org"), ("https:", "", "mirror"), ("", "work", "main")])
def test_a_planted_registry_or_path_is_seen(place: tuple[str, ...]):
    # Put together here, so that this file names none itself.
    planted = ("." if place[0] == "pypi" else "/").join(place)
    assert next(names_of_machines(f"a line\nat {planted}\n"))[0] == 2


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_names_no_host_and_hashes_every_package(lock: str):
    text = (PROJECT / lock).read_text()
    assert "://" not in text
    packages = re.findall(r"^[a-zA-Z0-9].*(?:\n .*)*", text, flags=re.MULTILINE)
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_what_is_tested_is_what_is_served():
    pins = [
        set(re.findall(r"^[a-z0-9][^ ]*==[^ ]+", (PROJECT / lock).read_text(), flags=re.MULTILINE))
        for lock in ("requirements.txt", "requirements-dev.txt")
    ]
    assert len(pins[0]) > 20
    assert pins[0] - pins[1] == set()


def test_every_dependency_is_locked():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lock = (PROJECT / "requirements-dev.txt").read_text()
    names = {re.split(r"[\[<>=]", line)[0] for line in asked}
    assert {name for name in names if not re.search(rf"^{name}==", lock, re.MULTILINE)} == set()


# Known holes of older versions (hardening.md 6 and 7.19).
PAST_THE_HOLES = {
    "authlib": (1, 6, 9),
    "defusedxml": (0, 7, 1),
    "starlette": (1, 1, 0),
    "streamlit": (1, 61, 0),
}


@pytest.mark.parametrize(("name", "least"), PAST_THE_HOLES.items())
def test_what_is_served_is_past_the_known_holes(name: str, least: tuple[int, ...]):
    lock = (PROJECT / "requirements.txt").read_text()
    [version] = re.findall(rf"^{name}==([0-9.]+)", lock, flags=re.MULTILINE)
    assert tuple(int(part) for part in version.split(".")) >= least


def test_what_a_session_keeps_can_be_written_down():
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text())
    assert settings["runner"]["enforceSerializableSessionState"] is True
