"""Imports go down only: dashboard → data_access → supervision, and through two doors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rooms import breaches

PROJECT = Path(__file__).parents[1]
ROOMS = ("supervision", "data_access", "dashboard", "sample_data", "benchmarks", "tests")
SOURCES = [path for room in ROOMS for path in sorted((PROJECT / room).rglob("*.py"))]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


def test_no_module_imports_through_a_wall():
    assert [line for path in SOURCES for line in breaches(_module(path), path.read_text())] == []


def test_every_init_file_is_empty():
    assert [path for path in SOURCES if path.name == "__init__.py" and path.read_text()] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("supervision.deadlines", "import sqlalchemy"),
        ("supervision.deadlines", "from data_access.schema import Item"),
        ("supervision.rounds", "def later():\n    import pandas as pd"),
        ("data_access.facts", "import streamlit as st"),
        ("data_access.reads.items", "from data_access import writes"),
        ("data_access.reads.items", "from data_access.ledger_import.model import LedgerRow"),
        ("data_access.reads.items", "from ..ledger_import import model"),
        ("data_access.figures", "from data_access.writes.item_act import perform"),
        ("data_access.work_calendar", "from dashboard.wording import DEFECT_SHOWN"),
        ("data_access.facts", "from sample_data.generate import write_sample"),
        ("sample_data.generate", "from data_access.ledger_import.receive import judged_file"),
        ("dashboard.app_pages.overview", "from sqlalchemy import select"),
        ("dashboard.app_pages.overview", "from data_access.reads.items import item_page"),
        ("dashboard.parts.tables", "from data_access import clock"),
        ("dashboard.parts.tables", "import_module('data_access.facts')"),
        ("dashboard.parts.tables", "from dashboard import acts"),
        ("dashboard.parts.tables", "from dashboard.app_pages import overview"),
        ("dashboard.frame", "from data_access.database import open_engine"),
        ("dashboard.parts.charts", "import streamlit as st"),
        ("dashboard.parts.map_specs", "from dashboard import reads"),
        ("dashboard.briefing.slides", "from dashboard.reads import overview"),
        ("tests.data_access.test_reads", "from tests.data_access.test_import_store import _store"),
        ("tests.test_stores", "from tests.conftest import something"),
    ],
)  # fmt: skip
def test_an_import_through_a_wall_is_seen(module: str, source: str):
    assert len(breaches(module, source)) >= 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("supervision.deadlines", "from datetime import date\nfrom supervision import rounds"),
        ("data_access.reads.items", "from data_access.figures import is_open"),
        ("data_access.sample", "from sample_data.generate import write_sample"),
        ("dashboard.reads", "from data_access.reads.items import item_page"),
        ("dashboard.commands", "from data_access.database import open_engine"),
        ("dashboard.app_pages.overview", "from dashboard import reads"),
        ("dashboard.parts.forms", "from dashboard import acts"),
        ("tests.data_access.test_reads", "from tests.factories import ledger_row"),
    ],
)
def test_an_import_downwards_is_fine(module: str, source: str):
    assert breaches(module, source) == []
