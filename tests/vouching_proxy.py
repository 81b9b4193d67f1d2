"""A reverse proxy that has already asked who somebody is, and says so in a header of each request.

It takes the header out of what a browser sends, as every such proxy must.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

HEADER, COMES_FROM = "X-Known-User", "127.0.0.9"


@dataclass
class VouchingProxy:
    """Its address, and whom it names (nobody: it adds no header)."""

    address: str
    names: str | None


@contextmanager
def vouching_proxy(before: tuple[str, int], names: str) -> Iterator[VouchingProxy]:
    """A proxy on a free port, before the server at this host and port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        proxy = VouchingProxy(f"http://127.0.0.1:{listening.getsockname()[1]}", names)
        Thread(target=_accept, args=(listening, before, proxy), daemon=True).start()
        yield proxy


def _accept(listening: socket.socket, before: tuple[str, int], proxy: VouchingProxy) -> None:
    with contextlib.suppress(OSError):
        while True:
            browser, _ = listening.accept()
            Thread(target=_carry, args=(browser, before, proxy), daemon=True).start()


def _carry(browser: socket.socket, before: tuple[str, int], proxy: VouchingProxy) -> None:
    """One request: its head is rewritten, everything after it goes through as it is."""
    with contextlib.suppress(OSError), browser:
        head, _, rest = _up_to_the_body(browser)
        if not head:
            return
        with socket.create_connection(before, source_address=(COMES_FROM, 0)) as server:
            server.sendall(_rewritten(head, proxy.names) + rest)
            Thread(target=_pipe, args=(browser, server), daemon=True).start()
            _pipe(server, browser)


def _up_to_the_body(browser: socket.socket) -> tuple[bytes, bytes, bytes]:
    came = b""
    while b"\r\n\r\n" not in came:
        more = browser.recv(65_536)
        if not more:
            return b"", b"", b""
        came += more
    return came.partition(b"\r\n\r\n")


def _rewritten(head: bytes, names: str | None) -> bytes:
    first, *lines = head.split(b"\r\n")
    upgrades = any(line.lower().startswith(b"upgrade:") for line in lines)
    dropped = {HEADER.lower().encode()} | (set() if upgrades else {b"connection"})
    kept = [line for line in lines if line.split(b":")[0].lower() not in dropped]
    if not upgrades:
        kept.append(b"Connection: close")
    if names is not None:
        kept.append(f"{HEADER}: {names}".encode())
    return b"\r\n".join([first, *kept]) + b"\r\n\r\n"


def _pipe(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
