from datetime import date

import pytest

from dashboard.settings import SettingRefused, read_settings


def test_every_setting_has_a_safe_default():
    known = read_settings({})
    assert known.database_url.startswith("sqlite:///")
    assert known.database_url.endswith("var/duban.sqlite3")
    assert (known.host, known.port, known.as_of) == ("127.0.0.1", 8501, None)
    assert known.max_file_bytes == 50 * 1024 * 1024
    assert known.max_unpacked_bytes == 300 * 1024 * 1024
    assert (known.max_rows, known.max_columns) == (200_000, 500)


def test_settings_are_read_from_their_names():
    known = read_settings(
        {
            "DUBAN_DATABASE_URL": "postgresql+psycopg://duban@localhost/duban",
            "DUBAN_PORT": "8600",
            "DUBAN_AS_OF": "2026-03-02",
            "DUBAN_MAX_FILE_MB": "8",
        }
    )
    assert known.database_url == "postgresql+psycopg://duban@localhost/duban"
    assert (known.port, known.as_of, known.max_file_mb) == (8600, date(2026, 3, 2), 8)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUBAN_PORT", "八千"),
        ("DUBAN_PORT", "70000"),
        ("DUBAN_PORT", "-1"),
        ("DUBAN_PORT", "²"),
        ("DUBAN_AS_OF", "2026/3/2"),
        ("DUBAN_MAX_FILE_MB", "0"),
        ("DUBAN_HOST", "0.0.0.0"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name, value):
    with pytest.raises(SettingRefused, match=name):
        read_settings({name: value})
