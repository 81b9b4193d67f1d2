"""A ledger on its way in holds residents' data in clear: nothing of it is put on a disk."""

import tempfile

import pytest
from starlette.requests import Request

from dashboard.asgi import create_app
from data_access.ledger_import.model import LedgerRefused
from data_access.ledger_import.workbook import open_ledger
from tests.own_loop import answer_of

FILE = "编号,姓名\n1,钱多多\n".encode() * 200_000


@pytest.fixture(autouse=True)
def no_disk(monkeypatch):
    """A machine on which no scratch file can be made."""

    def refused(*_told, **_named):
        raise AssertionError("a scratch file is made on disk")

    create_app()
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)


def test_an_upload_is_received_in_memory():
    body = (
        b'--X\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n%b\r\n--X--\r\n'
    )
    told = [{"type": "http.request", "body": body % FILE, "more_body": False}]
    kind = b"multipart/form-data; boundary=X"

    async def received():
        async def receive():
            return told.pop()

        scope = {"type": "http", "method": "PUT", "headers": [(b"content-type", kind)]}
        async with Request(scope, receive).form() as form:
            return await form["f"].read()

    assert answer_of(received()) == FILE


def test_a_ledger_is_handed_to_its_reader_in_memory():
    with pytest.raises(LedgerRefused):
        open_ledger(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + FILE[:3_000], "台账.xls")
    assert open_ledger(FILE[:3_000], "台账.csv").sheets[0].rows
