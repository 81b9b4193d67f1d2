"""What the environment says, read once and typed; nothing else of the program reads it.

Every setting has a safe default, so that `make run` needs none. A wrong value is refused at
the start with a sentence that names it, instead of being guessed around.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_ABOVE = Path(__file__).resolve().parents[1]

PROJECT = _ABOVE if (_ABOVE / "pyproject.toml").is_file() else Path.cwd()
"""Where `.streamlit/` and `var/` stand: the source tree, or the working directory when the
program is installed elsewhere."""

LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_MOST_PORTS = 65_535


class SettingRefused(ValueError):
    """A setting of the environment that the program cannot work with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process. Sizes are in MB (1024 × 1024 bytes)."""

    database_url: str
    host: str
    port: int
    as_of: date | None
    """Replaces the clock (demonstrations, screenshots); None is the real day."""
    max_file_mb: int
    max_unpacked_mb: int
    max_rows: int
    max_columns: int

    @property
    def max_file_bytes(self) -> int:
        """The largest ledger file that is taken in."""
        return self.max_file_mb * 1024 * 1024

    @property
    def max_unpacked_bytes(self) -> int:
        """The most that a ledger file may unpack to."""
        return self.max_unpacked_mb * 1024 * 1024


@cache
def settings() -> Settings:
    """The settings of this process, read at the first question; SettingRefused when wrong."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from a mapping of DUBAN_… names; SettingRefused names the wrong one."""
    return Settings(
        database_url=environment.get("DUBAN_DATABASE_URL") or _default_database(),
        host=_host(environment),
        port=_number(environment, "DUBAN_PORT", 8501, most=_MOST_PORTS),
        as_of=_day(environment, "DUBAN_AS_OF"),
        max_file_mb=_number(environment, "DUBAN_MAX_FILE_MB", 50),
        max_unpacked_mb=_number(environment, "DUBAN_MAX_UNPACKED_MB", 300),
        max_rows=_number(environment, "DUBAN_MAX_ROWS", 200_000),
        max_columns=_number(environment, "DUBAN_MAX_COLUMNS", 500),
    )


def _default_database() -> str:
    return f"sqlite:///{(PROJECT / 'var' / 'duban.sqlite3').as_posix()}"


def _host(environment: Mapping[str, str]) -> str:
    host = environment.get("DUBAN_HOST") or "127.0.0.1"
    # There are no accounts yet: whoever reaches the port sees everything.
    if host not in LOOPBACK:
        raise SettingRefused(
            f"DUBAN_HOST 只能是 127.0.0.1 或 localhost（现为 {host}）："
            "账号登录启用前，服务只对本机开放。"
        )
    return host


def _number(
    environment: Mapping[str, str], name: str, default: int, *, most: int = 1_000_000
) -> int:
    text = environment.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise SettingRefused(f"{name} 应为 1 到 {most} 之间的整数（现为 {text}）。")
    return int(text)


def _day(environment: Mapping[str, str], name: str) -> date | None:
    text = environment.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingRefused(f"{name} 应写成 2026-03-02 这样的日期（现为 {text}）。") from None
