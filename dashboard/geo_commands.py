"""`duban geo`: a city's own township boundaries, checked and made ready for the map."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from dashboard.border_files import CRS, BordersRefused, checked_borders
from dashboard.parts.honeycomb import honeycomb
from dashboard.parts.zones import BORDERS_FILE
from dashboard.terminal import ACCEPTED, REJECTED, complain, say


def add_geo(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    common: argparse.ArgumentParser,
) -> None:
    """Add it to the parser of `duban`."""
    geo = commands.add_parser("geo", help="镇街地图").add_subparsers(required=True)
    build = geo.add_parser("build", parents=[common], help="检查本市的镇（街）边界文件，供地图使用")
    build.add_argument("file", type=Path, metavar="文件", help="GeoJSON，属性 code 为 9 位代码")
    build.add_argument("folder", type=Path, metavar="目录", help="之后设为 DUBAN_MAP_FOLDER")
    build.add_argument("--crs", required=True, metavar="坐标系", help="、".join(CRS))
    build.set_defaults(run=geo_build)


def geo_build(asked: argparse.Namespace) -> int:
    """Check the file and write what the map reads; nothing is written when it is refused."""
    try:
        made = checked_borders(asked.file.read_bytes(), crs=asked.crs, towns=honeycomb().tiles)
        asked.folder.mkdir(parents=True, exist_ok=True)
        target = asked.folder / BORDERS_FILE
        target.write_text(json.dumps(made, separators=(",", ":")), encoding="utf-8")
    except BordersRefused as refusal:
        complain(str(refusal))
        return REJECTED
    except OSError:
        complain("文件读不出，或目录写不进去。")
        return REJECTED
    say(f"{len(made['features'])} 个镇（街）的边界已检查，写入 {target}。")
    say("把 DUBAN_MAP_FOLDER 设为这个目录，重新启动看板，地图上就有“边界图”。")
    return ACCEPTED
