"""What the environment says, read once and typed; nothing else of the program reads it.

Every setting has a safe default, so that `make run` needs none. A wrong value is refused at
the start with a sentence that names it, instead of being guessed around.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from dashboard.parts.base_map import TileServer, TilesRefused, tile_server

Network = IPv4Network | IPv6Network
_ABOVE = Path(__file__).resolve().parents[1]

PROJECT = _ABOVE if (_ABOVE / "pyproject.toml").is_file() else Path.cwd()
"""Where `.streamlit/` and `var/` stand: the source tree, or the working directory when the
program is installed elsewhere."""

_VAR = PROJECT / "var" / "duban.sqlite3"
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_MOST_PORTS = 65_535
_STORES = ("sqlite", "postgresql")


class SettingRefused(ValueError):
    """A setting of the environment that the program cannot work with."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The city's OpenID provider, and the words of the button that leads to it."""

    issuer: str
    client_id: str
    client_secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process. Sizes are in MB (1024 × 1024 bytes)."""

    database_url: str
    host: str
    port: int
    allowed_hosts: frozenset[str]
    """Names under which browsers reach the server; others are refused (DNS rebinding)."""
    tls: bool
    """Browsers come over https (a proxy in front): cookies are sent encrypted only."""
    idle_minutes: int
    session_hours: int
    oidc: OidcSettings | None
    proxy_user_header: str
    """The header in which a listed proxy names who is logged in; empty: nobody is believed."""
    proxy_addresses: tuple[Network, ...]
    as_of: date | None
    """Replaces the clock (demonstrations, screenshots); None is the real day."""
    max_file_mb: int
    max_unpacked_mb: int
    max_rows: int
    max_columns: int
    map_folder: Path | None = None
    """Where `duban geo build` wrote the city's own boundaries; None: the diagrams alone."""
    map_tiles: TileServer | None = None
    """The city's tile server on its own network; None: nothing is asked of any."""
    key: str | None = field(default=None, repr=False)
    """Keys of residents' data, the newest first."""
    key_file: Path | None = None
    key_may_be_made: bool = False
    """Only this machine reaches the server: the key file is made when it is first needed."""

    @property
    def is_for_others(self) -> bool:
        """People on other machines come in, by this address or through a proxy on this one."""
        is_told_of_others = self.tls or self.proxy_addresses or self.allowed_hosts != LOOPBACK
        return self.host not in LOOPBACK or bool(is_told_of_others)

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
    host = environment.get("DUBAN_HOST") or "127.0.0.1"
    return Settings(
        database_url=_database_url(environment),
        host=host,
        allowed_hosts=_allowed_hosts(environment, host),
        tls=_yes(environment, "DUBAN_TLS"),
        idle_minutes=_number(environment, "DUBAN_IDLE_MINUTES", 30, most=24 * 60),
        session_hours=_number(environment, "DUBAN_SESSION_HOURS", 12, most=24 * 7),
        oidc=_oidc(environment),
        proxy_user_header=_proxy_user_header(environment),
        proxy_addresses=_proxy_addresses(environment),
        port=_number(environment, "DUBAN_PORT", 8501, most=_MOST_PORTS),
        as_of=_day(environment, "DUBAN_AS_OF"),
        max_file_mb=_number(environment, "DUBAN_MAX_FILE_MB", 50),
        max_unpacked_mb=_number(environment, "DUBAN_MAX_UNPACKED_MB", 300),
        max_rows=_number(environment, "DUBAN_MAX_ROWS", 200_000),
        max_columns=_number(environment, "DUBAN_MAX_COLUMNS", 500),
        map_folder=_folder(environment, "DUBAN_MAP_FOLDER"),
        map_tiles=_map_tiles(environment),
        **_keys(environment, host),
    )


class _Keys(TypedDict):
    key: str | None
    key_file: Path | None
    key_may_be_made: bool


def _keys(environment: Mapping[str, str], host: str) -> _Keys:
    key, file = environment.get("DUBAN_KEY"), environment.get("DUBAN_KEY_FILE")
    if key and file:
        raise SettingRefused("DUBAN_KEY 和 DUBAN_KEY_FILE 只能设置一个。")
    if key or file:
        return _Keys(key=key or None, key_file=Path(file) if file else None, key_may_be_made=False)
    if host not in LOOPBACK:
        return _Keys(key=None, key_file=None, key_may_be_made=False)
    url = environment.get("DUBAN_DATABASE_URL") or _default_database()
    store = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else _VAR
    return _Keys(key=None, key_file=store.with_suffix(".key"), key_may_be_made=True)


def _database_url(environment: Mapping[str, str]) -> str:
    url = environment.get("DUBAN_DATABASE_URL") or _default_database()
    # What stands behind the colon may be a password.
    kind = url.partition(":")[0].partition("+")[0]
    if kind not in _STORES:
        raise SettingRefused(f"请检查 DUBAN_DATABASE_URL：应以 {' 或 '.join(_STORES)} 开头。")
    return url


def _default_database() -> str:
    return f"sqlite:///{_VAR.as_posix()}"


def _allowed_hosts(environment: Mapping[str, str], host: str) -> frozenset[str]:
    told = environment.get("DUBAN_ALLOWED_HOSTS", "")
    named = frozenset(name.strip() for name in told.split(",") if name.strip())
    if host not in LOOPBACK:
        _refuse_an_unready_city(environment, named)
    return LOOPBACK | named


def _refuse_an_unready_city(environment: Mapping[str, str], hosts: frozenset[str]) -> None:
    """A server that others reach needs what this machine alone does not; all gaps at once."""
    missing = []
    if not hosts:
        missing.append("DUBAN_ALLOWED_HOSTS（用户访问时使用的主机名，逗号分隔）")
    if "DUBAN_TLS" not in environment:
        missing.append("DUBAN_TLS（前面有 https 代理填 1；确实没有才填 0）")
    if not environment.get("DUBAN_DATABASE_URL"):
        missing.append("DUBAN_DATABASE_URL（正式库的地址）")
    if not environment.get("DUBAN_KEY") and not environment.get("DUBAN_KEY_FILE"):
        missing.append("DUBAN_KEY 或 DUBAN_KEY_FILE（个人信息的加密密钥，duban key new 生成）")
    if missing:
        raise SettingRefused(
            "DUBAN_HOST 不是本机地址，正式启动前还须设置：" + "；".join(missing) + "。"
        )


def _yes(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "0")
    if text not in {"0", "1"}:
        raise SettingRefused(f"{name} 应为 1（是）或 0（否）（现为 {text}）。")
    return text == "1"


def _number(
    environment: Mapping[str, str], name: str, default: int, *, most: int = 1_000_000
) -> int:
    text = environment.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise SettingRefused(f"{name} 应为 1 到 {most} 之间的整数（现为 {text}）。")
    return int(text)


def _folder(environment: Mapping[str, str], name: str) -> Path | None:
    text = environment.get(name)
    if text and not Path(text).is_dir():
        raise SettingRefused(f"{name} 不是一个目录（现为 {text}）。")
    return Path(text) if text else None


def _map_tiles(environment: Mapping[str, str]) -> TileServer | None:
    address = environment.get("DUBAN_MAP_TILES")
    try:
        return tile_server(address, tls=_yes(environment, "DUBAN_TLS")) if address else None
    except TilesRefused as refusal:
        raise SettingRefused(str(refusal)) from None


def _day(environment: Mapping[str, str], name: str) -> date | None:
    text = environment.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingRefused(f"{name} 应写成 2026-03-02 这样的日期（现为 {text}）。") from None


def _oidc(environment: Mapping[str, str]) -> OidcSettings | None:
    wanted = ("DUBAN_OIDC_ISSUER", "DUBAN_OIDC_CLIENT_ID", "DUBAN_OIDC_CLIENT_SECRET")
    missing = [name for name in wanted if not environment.get(name)]
    if missing == list(wanted):
        return None
    if missing:
        raise SettingRefused(f"统一身份登录的设置不全，还缺 {'、'.join(missing)}。")
    issuer, client_id, client_secret = (environment[name] for name in wanted)
    parts = urlsplit(issuer)
    # Whoever can change the answers on the way could log in as anybody.
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise SettingRefused(f"DUBAN_OIDC_ISSUER 应以 https:// 开头（现为 {issuer}）。")
    name = environment.get("DUBAN_OIDC_NAME") or "用统一身份登录"
    return OidcSettings(issuer.rstrip("/"), client_id, client_secret, name)


def _proxy_user_header(environment: Mapping[str, str]) -> str:
    name = environment.get("DUBAN_PROXY_USER_HEADER", "")
    # No underscore: what takes it for a hyphen on the way would let a forged header through.
    if name and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{1,60}", name):
        raise SettingRefused(f"DUBAN_PROXY_USER_HEADER 用字母、数字和连字符（现为 {name}）。")
    if name and not environment.get("DUBAN_PROXY_ADDRESSES"):
        raise SettingRefused(
            "设了 DUBAN_PROXY_USER_HEADER，还须设 DUBAN_PROXY_ADDRESSES（代理的地址，逗号分隔），"
            "否则任何人都能冒充他人登录。"
        )
    return name.lower()


def _proxy_addresses(environment: Mapping[str, str]) -> tuple[Network, ...]:
    told = environment.get("DUBAN_PROXY_ADDRESSES", "")
    try:
        networks = tuple(ip_network(part.strip()) for part in told.split(",") if part.strip())
    except ValueError:
        raise SettingRefused(
            f"DUBAN_PROXY_ADDRESSES 应为 IP 地址或网段，逗号分隔（现为 {told}）。"
        ) from None
    if any(network.prefixlen == 0 for network in networks):
        raise SettingRefused("DUBAN_PROXY_ADDRESSES 不能是所有地址。")
    return networks
