"""How the child process hands cells to its parent: msgpack frames, typed, never pickled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import msgspec

from data_access.ledger_import.model import CellError, CellValue

_DATE, _INSTANT, _ERROR = 1, 2, 3
ROWS_PER_FRAME = 2_000


class SheetHead(msgspec.Struct):
    """Everything of a sheet but its rows; `frames` of rows follow."""

    name: str
    first_row: int
    merges: list[tuple[int, int, int, int]]
    hidden_rows: list[int]
    hidden_columns: list[int]
    percent_cells: list[tuple[int, int]]
    frames: int


class Answer(msgspec.Struct):
    """The first frame: either a refusal, or what follows."""

    refused: str | None
    kind: str
    hidden_sheets: list[str]
    sheets: int


def wrapped(value: CellValue) -> Any:
    """A value as it travels; dates and errors keep their kind, which plain msgpack loses."""
    if isinstance(value, datetime):
        return msgspec.msgpack.Ext(_INSTANT, value.isoformat().encode())
    if isinstance(value, date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode())
    if isinstance(value, CellError):
        return msgspec.msgpack.Ext(_ERROR, value.text.encode())
    return value


def _unpacked(code: int, data: memoryview) -> CellValue:
    text = bytes(data).decode()
    if code == _DATE:
        return date.fromisoformat(text)
    if code == _INSTANT:
        return datetime.fromisoformat(text)
    if code == _ERROR:
        return CellError(text)
    raise ValueError(f"no such value: {code}")


_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(list[list[Any]], ext_hook=_unpacked)
_head = msgspec.msgpack.Decoder(SheetHead)
_answer = msgspec.msgpack.Decoder(Answer)


def send(stream: IO[bytes], value: Any) -> None:
    """Write one frame: its length, then its bytes."""
    data = _encoder.encode(value)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)


def _frame(stream: IO[bytes]) -> bytes:
    length = int.from_bytes(stream.read(8), "big")
    data = stream.read(length)
    if len(data) != length or not length:
        raise EOFError("the child's answer ends early")
    return data


def answer(stream: IO[bytes]) -> Answer:
    """Read the first frame; EOFError when the child died before it."""
    return _answer.decode(_frame(stream))


def sheet_head(stream: IO[bytes]) -> SheetHead:
    """Read the head of the next sheet."""
    return _head.decode(_frame(stream))


def row_frames(stream: IO[bytes], frames: int) -> Iterator[list[list[CellValue]]]:
    """Read the rows of a sheet, a block at a time."""
    for _ in range(frames):
        yield _rows.decode(_frame(stream))
