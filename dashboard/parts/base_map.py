"""The city's own tile server under the township picture: only where the city has set one.

Off by default. Nothing else of the program asks another server, and the content policy lets
browsers ask this one host alone (dashboard/web_frame.py). See decision record 0019.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_NAME = "DUBAN_MAP_TILES"
_ADDRESS = re.compile(r"[A-Za-z0-9:/?&=._~{}%+-]{1,500}")
"""Nothing that could end a directive of the content policy or a string."""
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")
_PLACES = ("{z}", "{x}", "{y}")


class TilesRefused(ValueError):
    """An address that no tiles can be asked from; the text is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class TileServer:
    """Where tiles are asked: {z}, {x} and {y} stand for the tile's place."""

    address: str

    @property
    def origin(self) -> str:
        """The host that browsers may ask, as the content policy writes it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def style(self) -> str:
        """The address of a MapLibre style of these tiles and nothing else: no fonts, no signs.

        It holds the style itself, as Streamlit takes an address alone.
        """
        tiles = {"type": "raster", "tiles": [self.address], "tileSize": 256, "maxzoom": 18}
        style = {
            "version": 8,
            "sources": {"tiles": tiles},
            "layers": [{"id": "tiles", "type": "raster", "source": "tiles"}],
        }
        packed = base64.b64encode(json.dumps(style).encode()).decode()
        return f"data:application/json;base64,{packed}"


def tile_server(address: str, *, tls: bool) -> TileServer:
    """The server of a setting; TilesRefused says what is wrong with it."""
    if not _ADDRESS.fullmatch(address) or not all(address.count(one) == 1 for one in _PLACES):
        raise TilesRefused(
            f"{_NAME} 应是内网瓦片服务的网址，{{z}}、{{x}}、{{y}} 各写一次，"
            "例如 http://tiles.example.gov.cn/{z}/{x}/{y}.png。"
        )
    parts = urlsplit(address)
    try:
        port = parts.port or 443
    except ValueError:
        port = 0
    if parts.scheme not in {"http", "https"} or not port or "@" in parts.netloc:
        raise TilesRefused(f"{_NAME} 应以 http:// 或 https:// 开头，不带用户名和密码。")
    if not _HOST.fullmatch(parts.hostname or "") or any(one in parts.netloc for one in _PLACES):
        raise TilesRefused(f"{_NAME} 的主机名应写明一个，只用字母、数字、点和连字符。")
    if tls and parts.scheme != "https":
        raise TilesRefused(f"看板用 https（DUBAN_TLS=1）时，{_NAME} 也应以 https:// 开头。")
    return TileServer(address)
