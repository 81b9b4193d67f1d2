"""The served application: Streamlit inside one ASGI app, with what Streamlit leaves open.

Around Streamlit's own routes stand a health answer, strict headers, closed machine
interfaces, the Chinese page frame, an error hook without tracebacks and a warm start.
Started by `serve` (the `duban serve` command) or `uvicorn --no-proxy-headers --factory
dashboard.asgi:create_app`: whom to believe about addresses, dashboard.proxy decides.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import anyio
import streamlit as st
import uvicorn
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config

from dashboard import login_oidc, login_routes, wording
from dashboard.defects import noted_defect
from dashboard.engine import is_busy
from dashboard.handing_out import OwnFiles, hand_out_by_session
from dashboard.identity import signed_in
from dashboard.login_gate import Doorkeeper, LoginGate, OwnPagesOnly
from dashboard.quiet_logs import keep_values_out_of_logs
from dashboard.settings import PROJECT, settings
from dashboard.upload_gate import UploadGate
from dashboard.web_frame import STATIC, ClosedDoors, PageFrame, SecurityHeaders

SCRIPT = Path(__file__).parent / "app.py"
STORE_ANSWERS_WITHIN = 2.0
"""Seconds after which /healthz says that the store does not answer."""

_TURN_SECONDS = 0.001
_GARBAGE_SECONDS = 5.0
_LOG = logging.getLogger("duban")


def create_app(
    script: Path = SCRIPT,
    *,
    store_answers: Callable[[], object] | None = None,
    warm: Callable[[], object] | None = None,
    doorkeeper: Doorkeeper = signed_in,
) -> st.App:
    """The ASGI application that serves `script`.

    `store_answers` asks the store something cheap and raises when it does not answer; /healthz
    calls it. `warm` runs once before the first visitor, to fill what pages remember.
    `doorkeeper` tells whose session a cookie is; nobody passes without one.
    """
    _find_configuration()
    keep_values_out_of_logs()
    hand_out_by_session()
    return st.App(
        script,
        routes=[
            Route("/healthz", health_answer(store_answers)),
            # Our own and not Streamlit's static serving: the same files for any script, and
            # no header that opens them to other sites.
            Mount("/app/static", StaticFiles(directory=STATIC)),
            *login_routes.ROUTES,
            *login_oidc.routes(),
        ],
        middleware=[
            Middleware(
                TrustedHostMiddleware,
                allowed_hosts=sorted(settings().allowed_hosts),
                www_redirect=False,
            ),
            Middleware(SecurityHeaders),
            Middleware(ClosedDoors),
            Middleware(OwnPagesOnly, doorkeeper=doorkeeper),
            Middleware(LoginGate, doorkeeper=doorkeeper),
            Middleware(OwnFiles, doorkeeper=doorkeeper),
            Middleware(UploadGate, doorkeeper=doorkeeper),
            Middleware(PageFrame),
        ],
        lifespan=_warm_start(warm),
        on_script_error=show_reference_number,
    )


def serve(
    port: int | None = None,
    *,
    script: Path = SCRIPT,
    store_answers: Callable[[], object] | None = None,
    warm: Callable[[], object] | None = None,
    doorkeeper: Doorkeeper = signed_in,
) -> int:
    """Serve until Ctrl+C; says one line when ready. The exit code: 0, or 1 if the port is taken.

    The address is the setting DUBAN_HOST, which is checked for what it needs; `port` defaults to
    DUBAN_PORT.
    """
    host = settings().host
    port = port or settings().port
    try:
        listening = socket.create_server((host, port))
    except (OSError, OverflowError):
        sys.stderr.write(wording.PORT_TAKEN.format(port=port) + "\n")
        return 1
    server = _AnnouncingServer(
        uvicorn.Config(
            create_app(script, store_answers=store_answers, warm=warm, doorkeeper=doorkeeper),
            host=host,
            port=port,
            # Streamlit's choice: full ping support, no deprecated protocol.
            ws="websockets-sansio",
            ws_ping_interval=30,
            ws_ping_timeout=30,
            ws_per_message_deflate=False,
            log_level="warning",
            access_log=False,
            server_header=False,
            # By itself uvicorn believes any header that comes from this machine.
            proxy_headers=False,
            # Open pages hold their websocket; Ctrl+C must not wait for them.
            timeout_graceful_shutdown=2,
        )
    )
    with listening, contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    return 0


class _AnnouncingServer(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            line = wording.SERVER_READY.format(host=self.config.host, port=self.config.port)
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def show_reference_number(problem: Exception) -> bool:
    """Log a defect under a short number and show the number; never a traceback.

    That others were writing all the time is no defect: it is said, and what to do.
    """
    if is_busy(problem):
        st.warning(wording.BUSY_ACT)
        return True
    # Streamlit has just logged the way to it itself; the logged line ties the number to that.
    st.error(wording.DEFECT_SHOWN.format(number=noted_defect(problem)))
    return True


def _find_configuration() -> None:
    # Streamlit looks for .streamlit/ in the working directory, at home and beside its script.
    # Ours stands at the top of the project, so the script is said to stand there too; the
    # real script is passed as an absolute path and is not looked for by this.
    config._main_script_path = str(PROJECT / SCRIPT.name)
    config.get_config_options(force_reparse=True)
    if config.get_option("client.showErrorDetails") != "none":
        raise FileNotFoundError(wording.CONFIGURATION_MISSING)
    config.set_option("server.maxUploadSize", settings().max_file_mb)
    # A ledger holds residents' data in clear: on its way to us no part of it is put on a disk.
    MultiPartParser.spool_max_size = settings().max_file_bytes + 1
    # Streamlit asks the host of every websocket again: under another name no page would open.
    config.set_option("server.allowedHosts", sorted(settings().allowed_hosts))


def health_answer(store_answers: Callable[[], object] | None) -> Callable[[Request], Any]:
    """The endpoint of /healthz: 200 when the store answers in time, else 503 without a reason."""

    async def health(_request: Request) -> JSONResponse:
        if store_answers is None:
            return JSONResponse({"status": "ok"})
        try:
            with anyio.fail_after(STORE_ANSWERS_WITHIN):
                await anyio.to_thread.run_sync(store_answers, abandon_on_cancel=True)
        except Exception:
            # Whatever the store's driver raises means the same to the one who asks.
            _LOG.warning("healthz: the store does not answer", exc_info=True)
            return JSONResponse({"status": "unavailable", "store": "no answer"}, status_code=503)
        return JSONResponse({"status": "ok", "store": "ok"})

    return health


def _warm_start(
    warm: Callable[[], object] | None,
) -> Callable[[st.App], contextlib.AbstractAsyncContextManager[dict[str, object] | None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        await anyio.to_thread.run_sync(_load_everything)
        if warm is not None:
            await anyio.to_thread.run_sync(warm)
        # What is loaded now never becomes garbage; looking through it each time costs some 75 ms.
        gc.collect()
        gc.freeze()
        # Whoever judges or stores a large ledger computes for a minute: pages get their turn
        # after a millisecond instead of five, and are drawn in half the time (measured).
        sys.setswitchinterval(_TURN_SECONDS)
        collecting = asyncio.create_task(_collect_garbage())
        yield
        collecting.cancel()

    return lifespan


async def _collect_garbage() -> None:
    """In place of Streamlit, which does it after every rerun (`postScriptGC`)."""
    while True:
        await asyncio.sleep(_GARBAGE_SECONDS)
        gc.collect()


def _load_everything() -> None:
    # Imported here and not above: the commands that serve nothing must start fast.
    import pandas as _pandas  # noqa: F401
    import pyarrow as _pyarrow  # noqa: F401

    from dashboard.parts import charts, maps

    charts.build_all()
    maps.build_all()
