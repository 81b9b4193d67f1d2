"""The websocket of a page without a browser: what the server sends, as it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from data_access.accounts.sample_accounts import SAMPLE_PASSWORD
from tests.serving import asked

_PATIENCE = 120.0


class Wire:
    """One open page of somebody who is logged in."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.page_id = ""
        """Streamlit's name of the page; told at its first run."""

    def run(self, page: str, query: str = "") -> bytes:
        """Open an address of the page; everything that the server sends until it is drawn."""
        wanted = BackMsg()
        wanted.rerun_script.page_name, wanted.rerun_script.query_string = page, query
        self._socket.send(wanted.SerializeToString())
        heard: list[bytes] = []
        while True:
            heard.append(bytes(self._socket.recv(timeout=_PATIENCE)))  # type: ignore[arg-type]
            message = ForwardMsg()
            message.ParseFromString(heard[-1])
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.page_id = message.new_session.initialize.session_id
            elif kind == "script_finished":
                return b"".join(heard)


@contextmanager
def wire_of(address: str, login: str, *, goes_on: str | None = None) -> Iterator[Wire]:
    """Log in with an account of the sample city; `goes_on` names a page that was open before."""
    told = asked(address, "/login", {"login": login, "password": SAMPLE_PASSWORD})
    assert told.status == 303, told.text
    before = ["x", goes_on] if goes_on is not None else []
    with connect(
        f"ws://{urlsplit(address).netloc}/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        subprotocols=["streamlit", *before],  # type: ignore[list-item]
        additional_headers={"Cookie": told.cookie},
        max_size=None,
    ) as socket:
        yield Wire(socket)
