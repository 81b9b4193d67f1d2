"""Documents say what the program does: figures, pages, commands, tasks, decisions."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.commands import _parser as command_line
from dashboard.pages import PAGES
from supervision.figures import FIGURES
from tests.metrics_page import metrics_page

PROJECT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("*.md"))
HEADINGS = ["Context", "Decision", "Consequences", "Alternatives", "References"]
PAGE_OF_A_DECISION = 60


def _text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", FIGURES)
def test_every_figure_has_its_heading_and_definition(slug: str):
    figure, page = FIGURES[slug], _text("docs/metrics.md")
    assert f"### {figure.name} `{slug}`\n\n{figure.definition}\n" in page
    assert figure.formula in page


def test_the_page_of_figures_is_the_one_the_registry_writes():
    assert _text("docs/metrics.md") == metrics_page(), "run `make metrics`"


@pytest.mark.parametrize("readme", READMES)
def test_every_page_of_the_dashboard_is_in_the_readme(readme: str):
    titles = [page.title for page in PAGES]
    assert len(titles) >= 5
    assert [title for title in titles if f"| {title} |" not in _text(readme)] == []


def _commands(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield name
    for action in below:
        for word, command in action.choices.items():
            yield from _commands(command, f"{name} {word}")


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme(readme: str):
    commands = list(_commands(command_line(), "duban"))
    assert len(commands) >= 7
    assert [name for name in commands if f"| `{name}" not in _text(readme)] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_in_the_readme(readme: str):
    settings = set(re.findall(r'"(DUBAN_[A-Z_]+)"', _text("dashboard/settings.py")))
    assert "DUBAN_HOST" in settings
    assert [name for name in sorted(settings) if f"`{name}`" not in _text(readme)] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_room_is_in_the_readme(readme: str):
    rooms = {path.parent.name for path in PROJECT.glob("*/__init__.py")} | {"benchmarks"}
    assert {room for room in rooms if f"| `{room}/` |" not in _text(readme)} == set()


@pytest.mark.parametrize("readme", READMES)
def test_the_first_thing_said_is_that_nothing_classified_comes_in(readme: str):
    assert "严禁上传涉密、敏感信息" in "".join(_text(readme).splitlines(keepends=True)[:4])


def test_the_twins_have_the_same_sections():
    sections = [re.findall(r"^## |^\| `duban|^!\[", _text(name), re.MULTILINE) for name in READMES]
    assert sections[0] == sections[1]


@pytest.mark.parametrize("path", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_what_a_document_points_to_is_there(path: str):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", _text(path))
    assert [target for target in targets if not (PROJECT / target).exists()] == []


def test_every_task_of_make_says_what_it_does():
    tasks = re.search(r"^TASKS := (.+)$", _text("Makefile"), re.MULTILINE)
    assert tasks
    told = re.findall(r"^([a-z]+):.*## \S", _text("Makefile"), re.MULTILINE)
    assert sorted(told) == sorted(tasks.group(1).split())


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_five_headings_on_one_page(path: Path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert text.startswith(f"# {path.stem[:4]} ")
    assert len(text.splitlines()) <= PAGE_OF_A_DECISION


def test_decisions_are_numbered_once():
    numbers = [path.stem[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers)) >= 4
