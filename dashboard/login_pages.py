"""What the login routes share: their pages, forms, cookie, and how each answers when it cannot."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from dashboard import identity, wording
from dashboard.engine import is_busy
from dashboard.identity import AT_ONCE, SAMPLE_PASSWORD, Client, SignedIn
from dashboard.proxy import client_address, still_vouched
from dashboard.settings import settings

AGAIN_AFTER = 10
"""Seconds after which a page that could not be answered asks again."""
LARGEST_FORM = 16_384
"""Bytes; a login form is a few hundred."""
PRIVATE = {"Cache-Control": "no-store"}
_TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
_LOG = logging.getLogger("duban")

_Given = TypeVar("_Given")
Endpoint = Callable[[Request], Awaitable[Response]]


class FormRefused(Exception):
    """A form that none of our pages sends."""


def safe_next(asked: str | None) -> str:
    """Where to go after the login: a path of this server, else the first page."""
    if not asked or not asked.startswith("/") or asked.startswith(("//", "/\\")):
        return "/"
    return asked if asked.isprintable() and len(asked) < 2_000 else "/"


async def who_asks(request: Request) -> SignedIn | None:
    """The living session of this request."""
    token = request.cookies.get(identity.cookie_name())
    who = await anyio.to_thread.run_sync(identity.signed_in, token)
    return who if who is not None and still_vouched(request, who) else None


def client_of(request: Request) -> Client:
    """Where a login comes from."""
    return Client(client_address(request), request.headers.get("user-agent", ""))


async def form_of(request: Request) -> dict[str, str]:
    """The fields of an own form; FormRefused for anything larger."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_FORM:
                raise FormRefused
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except (ClientDisconnect, ValueError):
        raise FormRefused from None
    return dict(fields)


async def in_turn(call: Callable[..., _Given], *told: object) -> _Given:
    """Do something that compares passwords; many at once wait here and hold up nobody else."""
    return await anyio.to_thread.run_sync(call, *told, limiter=_password_threads())


@cache
def _password_threads() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(AT_ONCE)


async def welcomed(request: Request, token: str, after: str) -> Response:
    """Send somebody on with a new session; the one this browser had before ends."""
    before = await who_asks(request)
    if before is not None:
        await anyio.to_thread.run_sync(identity.sign_out, before, client_of(request))
    return _with_session(RedirectResponse(after, 303, headers=PRIVATE), token)


def _with_session(answer: Response, token: str) -> Response:
    """Give the browser a session's token: no script reads it, no other site sends it along."""
    answer.set_cookie(
        identity.cookie_name(),
        token,
        httponly=True,
        samesite="lax",
        secure=settings().tls,
        path="/",
    )
    return answer


async def login_page(request: Request, after: str, **told: Any) -> Response:
    """The login form, the way to the city's provider, the sample city's accounts."""
    samples = await anyio.to_thread.run_sync(identity.accounts_to_try)
    provider = settings().oidc
    told = {"after": after, "login": "", "samples": samples, "sample_password": SAMPLE_PASSWORD,
            "outside_name": provider.name if provider else None, **told}  # fmt: skip
    return show(request, "login.html", **told)


def show(request: Request, page: str, **told: Any) -> Response:
    """One of the forms."""
    told = {"app_name": wording.APP_NAME, "refusal": None, **told}
    return _TEMPLATES.TemplateResponse(request, page, told, headers=PRIVATE)


def told_page(sentence: str, status: int, *, again: str | None = None) -> Response:
    """A page of one sentence; with `again` it asks by itself: for that address, "" for its own."""
    page = _TEMPLATES.get_template("told.html")
    told = {
        "sentence": sentence,
        "again": again,
        "again_after": AGAIN_AFTER,
        "tries_again": wording.TRIES_AGAIN.format(seconds=AGAIN_AFTER),
    }
    text = page.render(app_name=wording.APP_NAME, **told)
    return HTMLResponse(text, status, headers=PRIVATE)


def guarded(endpoint: Endpoint, *, begins: str = "") -> Endpoint:
    """What cannot be answered is told in a sentence.

    An address that answers once only names where it `begins` anew.
    """

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except FormRefused:
            return told_page(wording.FORM_REFUSED, 413)
        except Exception as problem:
            # Nobody is let in by a fault, and nobody is shown one.
            _LOG.warning("login: cannot be answered now", exc_info=True)
            sentence = wording.BUSY_LOGIN if is_busy(problem) else wording.NOT_CHECKED
            again = begins if request.method == "GET" else None
            return told_page(sentence, 503, again=again)

    return answer
