import contextlib
import http.client
import logging
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.requests import Request
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.asgi import create_app, health_answer
from dashboard.parts.base_map import tile_server
from dashboard.web_frame import CONTENT_SECURITY_POLICY, content_policy, framed
from tests.own_loop import answer_of
from tests.serving import WEBSOCKET

SERVE = Path(__file__).parent / "face" / "serve.py"
PROJECT = Path(__file__).parents[2]


def asked(address, path, *, method="GET", **headers):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(connection):
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        return answer.status, answer.headers, body


def test_healthz_says_that_server_and_store_answer(served_face):
    status, _, body = asked(served_face, "/healthz")
    assert (status, body) == (200, b'{"status":"ok","store":"ok"}')


@pytest.mark.parametrize("path", ["/", "/rows", "/healthz", "/app/static/zh.js", "/media/none"])
def test_every_answer_carries_the_strict_headers(served_face, path):
    _, headers, _ = asked(served_face, path)
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Server"] is None


def test_the_content_policy_allows_no_inline_script_and_no_other_host():
    policy = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in CONTENT_SECURITY_POLICY


def test_the_content_policy_adds_the_host_of_the_tiles_for_pictures_and_asking_alone():
    assert content_policy(None) == CONTENT_SECURITY_POLICY
    tiles = tile_server("https://tiles.example:8443/{z}/{x}/{y}.png?tk=1", tls=True)
    before = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    after = dict(part.split(" ", 1) for part in content_policy(tiles).split("; "))
    changed = {name: after[name] for name in after if after[name] != before[name]}
    assert changed == {
        "img-src": "'self' https://tiles.example:8443 data: blob:",
        "connect-src": "'self' https://tiles.example:8443 data:",
    }


@pytest.mark.parametrize("path", ["/media/abc.xlsx", "/_stcore/upload_file/a/b"])
def test_nobody_stores_a_ledger_or_an_export_on_the_way(served_face, path):
    _, headers, _ = asked(served_face, path)
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/rows/_stcore/agent/interact",
    ],
)
def test_machine_interfaces_do_not_exist(served_face, path):
    status, _, _ = asked(served_face, path)
    assert status == 404


def test_another_host_name_reaches_nothing(served_face):
    assert asked(served_face, "/", Host="outside.example")[0] == 400


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("duban.example", "https://duban.example", 101),
        ("duban.example", None, 101),
        ("duban.example", "http://duban.example:8080", 403),
        ("duban.example", "http://localhost", 403),
        ("duban.example", "http://127.0.0.1:8501", 403),
        ("duban.example", "http://duban.example.evil.example", 403),
        ("duban.example", "null", 403),
        ("evil.example", "http://evil.example", 400),
    ],
)
def test_a_websocket_opens_under_the_citys_name_from_its_own_page_only(
    served_face, host, origin, status
):
    told = {**WEBSOCKET, "Host": host, **({"Origin": origin} if origin else {})}
    assert asked(served_face, "/_stcore/stream", **told)[0] == status


def test_an_upload_from_the_page_of_another_port_is_refused(served_face):
    for method in ("PUT", "DELETE"):
        told = asked(
            served_face, "/_stcore/upload_file/a/b", method=method, Origin="http://127.0.0.1:1"
        )
        assert told[0] == 403
        assert "不是从本系统的页面提交" in told[2].decode()


def test_a_request_with_two_ends_is_refused_and_nothing_after_it_is_heard(served_face):
    """A proxy that believes the other length would pass on the rest in somebody else's name."""
    parts = urlsplit(served_face)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as line:
        line.sendall(
            b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        )
        heard = b"".join(iter(lambda: line.recv(1 << 16), b""))
    assert heard.startswith(b"HTTP/1.1 400")
    assert heard.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_the_document_is_chinese_and_has_our_scripts_first(served_face, encoding):
    _, headers, body = asked(served_face, "/", Accept="text/html", Accept_Encoding=encoding)
    document = body.decode()
    assert '<html lang="zh-CN">' in document
    assert "正在打开督办……" in document
    assert "<title>督办</title>" in document
    assert document.index("polyfills.js") < document.index("zh.js") < document.index("index.")
    assert int(headers["Content-Length"]) == len(body)


def test_the_styles_come_with_the_document_and_after_those_of_the_frontend(served_face):
    document = asked(served_face, "/")[2].decode()
    assert document.index("</head>") < document.index("--duban-ink") < document.index("pages.css")
    assert "prefers-color-scheme: dark" in document
    sheets = re.findall(r'href="(/app/static/[a-z]+[.]css[^"]*)"', document)
    kinds = [asked(served_face, sheet)[1]["Content-Type"] for sheet in sheets]
    assert kinds == ["text/css; charset=utf-8"] * 2


def test_the_document_has_no_inline_script_and_names_no_machine_interface(served_face):
    document = asked(served_face, "/")[2].decode()
    assert "<script>" not in document
    assert 'href="./_stcore/agent' not in document
    assert "You need to enable" not in document


def test_a_document_without_the_known_places_is_left_as_it_is():
    assert framed("<p>别的</p>") == "<p>别的</p>"


def test_our_static_files_are_not_opened_to_other_sites(served_face):
    _, headers, _ = asked(served_face, "/app/static/zh.js", Origin="http://outside.example")
    assert headers["Access-Control-Allow-Origin"] is None
    assert "javascript" in headers["Content-Type"]


def test_the_configuration_is_found_from_any_directory(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    create_app()
    assert config.get_option("client.showErrorDetails") == "none"
    assert config.get_option("browser.gatherUsageStats") is False
    assert config.get_option("client.disableDataExport") is True
    assert config.get_option("server.maxUploadSize") == 50


def test_a_store_that_does_not_answer_is_told_without_its_message():
    def broken():
        raise OSError("password=secret")

    answer = answer_of(health_answer(broken)(Request({"type": "http"})))
    assert answer.status_code == 503
    assert b"secret" not in answer.body


def test_a_defect_shows_a_number_and_nothing_of_itself(caplog):
    def script():
        from dashboard.asgi import show_reference_number

        show_reference_number(ValueError("台账里的原文"))

    with caplog.at_level(logging.ERROR, "duban"):
        page = AppTest.from_function(script).run()
    [shown] = [alert.value for alert in page.error]
    [logged] = [record.getMessage() for record in caplog.records]
    number = logged.split("：")[0].removeprefix("编号 ")
    assert shown == f"系统出现错误，已记录（编号 {number}）。请稍后重试，或把编号告诉管理员。"
    assert "台账里的原文" not in shown


def test_serving_says_one_line_and_stops_at_once(tmp_path):
    server = subprocess.Popen(
        [sys.executable, str(SERVE), "0"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "DUBAN_PORT": "18533"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = server.stdout.readline()
    server.send_signal(signal.SIGINT)
    rest, errors = server.communicate(timeout=20)
    assert first == "督办已启动：http://127.0.0.1:18533 （按 Ctrl+C 停止）\n"
    assert (rest, errors, server.returncode) == ("", "", 0)


def test_a_taken_port_is_told_in_a_sentence(served_face, tmp_path):
    port = str(urlsplit(served_face).port)
    done = subprocess.run(
        [sys.executable, str(SERVE), port],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"端口 {port} 已被占用。")
    assert "Traceback" not in done.stderr
