"""`duban serve` as anyone starts it, on a free port, and a plain HTTP question to it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode, urlsplit

PROJECT = Path(__file__).parents[1]
ANSWERS_WITHIN = 240.0


@contextlib.contextmanager
def served(folder: Path, *words: str, **environment: str) -> Iterator[str]:
    """The address of a running server; `folder` keeps its log."""
    program = ("-m", "dashboard.commands", "serve", "--port")
    with answering(folder, program, words, cwd=PROJECT, environment=environment) as address:
        yield address


@contextlib.contextmanager
def answering(
    folder: Path, program: Sequence[str], words: Sequence[str] = (), *, cwd: Path,
    environment: Mapping[str, str],
) -> Iterator[str]:  # fmt: skip
    """The same of any Python program that is told its port behind its own words."""
    log, port = folder / "server.log", free_port()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, *program, str(port), *words],
            cwd=cwd,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(address, server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"the server does not answer: {log.read_text(errors='replace')}")


@dataclass(frozen=True)
class Answer:
    """What a server answered; nothing was followed."""

    status: int
    headers: Message
    text: str

    @property
    def cookie(self) -> str:
        """The cookie that was set, as a browser sends it back."""
        return str(self.headers["Set-Cookie"]).split(";")[0]


def asked(
    address: str,
    path: str,
    form: Mapping[str, str] | str | None = None,
    *,
    method: str | None = None,
    come_from: str = "127.0.0.1",
    headers: Mapping[str, str] | None = None,
    many: tuple[tuple[str, bytes], ...] = (),
) -> Answer:
    """Ask once. `come_from` is the address of this machine that the question leaves from."""
    parts = urlsplit(address)
    body = urlencode(form) if isinstance(form, Mapping) else form
    connection = http.client.HTTPConnection(
        str(parts.hostname), parts.port, timeout=30, source_address=(come_from, 0)
    )
    with contextlib.closing(connection):
        connection.putrequest(method or ("GET" if body is None else "POST"), path)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        for name, raw in many:
            connection.putheader(name, raw)
        if body is not None:
            connection.putheader("Content-Type", "application/x-www-form-urlencoded")
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode() if body is not None else None)
        told = connection.getresponse()
        text = "" if told.status == 101 else told.read().decode("utf-8", "replace")
        return Answer(told.status, told.headers, text)


WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}
"""The headers with which a browser opens Streamlit's websocket."""
