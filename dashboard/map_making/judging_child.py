"""The child process that judges a city's file and makes its pictures: limits first, then reading.

A file may be made to be read slowly, or out of all memory: that ends a child, never the server.
"""

from __future__ import annotations

import gc
import sys

import msgspec

from dashboard.limited_child import Limits, keep_within

MB = 1024 * 1024
LIMITS = Limits(memory_bytes=900 * MB, cpu_seconds=60, wall_seconds=90)
"""60,000 points take a third of the memory."""
TOO_MUCH = "这个文件太大或结构特殊，检查时占用过多，已停止，什么也没有取用：请先简化边界。"
NO_TOWNS = "区划登记里还没有镇（街），没有可以画的：请先在区划登记里补上。"


class Town(msgspec.Struct, array_like=True):
    """A township of the register as it crosses to the child."""

    code: str
    name: str
    unit: str


class Task(msgspec.Struct, array_like=True):
    """What the child is asked; without a file a honeycomb of the register alone."""

    data: bytes | None
    crs: str
    towns: list[Town]
    review_number: str | None
    source: str | None


class Verdict(msgspec.Struct, array_like=True):
    """What the child found: files to draw from, or faults."""

    faults: list[str] = []
    files: dict[str, str] = {}
    review_number: str | None = None
    named_system: str | None = None
    points: int = 0
    has_shapes: bool = False


def main() -> None:
    """Read a task from stdin, answer on stdout."""
    # A short life with few cycles: collecting garbage would only cost time.
    gc.disable()
    answer = keep_within(LIMITS)
    try:
        verdict = _judged(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task))
    except (MemoryError, ImportError):
        # Without memory a library cannot even be loaded.
        verdict = Verdict(faults=[TOO_MUCH])
    answer.write(msgspec.msgpack.encode(verdict))
    answer.flush()


def _judged(task: Task) -> Verdict:
    # Imported under the limits.
    from dashboard.border_files import CHINA, box_about, checked_file
    from dashboard.map_making.city_files import are_shipped, arranged_files, made_files
    from dashboard.map_making.city_towns import BordersRefused, CityTown
    from dashboard.parts.honeycomb import honeycomb
    from dashboard.parts.map_shelf import MapAbout, from_folder

    towns = [CityTown(one.code, one.name, one.unit) for one in task.towns]
    if not towns:
        return Verdict(faults=[NO_TOWNS])
    if task.data is None:
        return Verdict(files=arranged_files(towns))
    try:
        checked = checked_file(
            task.data,
            crs=task.crs,
            towns={town.code: town.name for town in towns},
            within=box_about(honeycomb(from_folder(None)).tiles) if are_shipped(towns) else CHINA,
        )
        about = MapAbout(task.review_number or checked.review_number, task.source)
        made = made_files(checked, towns, about)
    except BordersRefused as refusal:
        return Verdict(faults=list(refusal.faults))
    return Verdict(
        files=made,
        review_number=about.review_number,
        named_system=checked.named_system,
        points=checked.points,
        has_shapes=bool(checked.shapes),
    )
