"""Logs are read by more people than cases are: a fault in them says nothing of a resident."""

import io
import logging

import pytest

from dashboard.asgi import create_app

NAME, PHONE = "张三", "13800001234"


@pytest.fixture
def log():
    """A log that any logger may write to while the application is there."""
    before = logging.getLogRecordFactory()
    create_app()
    yield logging.StreamHandler(io.StringIO())
    logging.setLogRecordFactory(before)


def _stumble():
    try:
        int(PHONE + NAME)
    except ValueError as cause:
        raise KeyError(NAME + PHONE) from cause


@pytest.mark.parametrize("name", ["streamlit.error_util", "uvicorn.error", "duban"])
def test_a_logged_fault_tells_its_kinds_and_places_and_no_value(log, name):
    create_app()
    logger = logging.getLogger(name)
    logger.addHandler(log)
    try:
        _stumble()
    except KeyError as problem:
        logger.error("Uncaught app execution", exc_info=problem)
    logger.removeHandler(log)
    told = log.stream.getvalue()
    kinds = [line for line in told.splitlines() if not line.startswith(" ")]
    assert kinds == ["Uncaught app execution", "ValueError", "KeyError"]
    assert "in _stumble" in told
    assert PHONE not in told
    assert NAME not in told
