"""The login page and what belongs to it: plain HTML forms, no script, no Streamlit."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from dashboard import identity, wording
from dashboard.identity import SAMPLE_PASSWORD, Client, SignedIn, SignInRefused
from dashboard.login_gate import safe_next
from dashboard.settings import settings

LARGEST_FORM = 16_384
"""Bytes; a login form is a few hundred."""
_TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
_PRIVATE = {"Cache-Control": "no-store"}


async def _login_page(request: Request) -> Response:
    after = safe_next(request.query_params.get("next"))
    if await _who(request) is not None:
        return RedirectResponse(after, 303)
    return await _show(request, "login.html", after=after)


async def _log_in(request: Request) -> Response:
    form = await _form(request)
    after = safe_next(form.get("next"))
    try:
        token = await anyio.to_thread.run_sync(
            identity.sign_in, form.get("login", ""), form.get("password", ""), _client(request)
        )
    except SignInRefused as refusal:
        return await _show(
            request, "login.html", after=after, login=form.get("login", ""),
            refusal=str(refusal),
        )  # fmt: skip
    return with_session(RedirectResponse(after, 303, headers=_PRIVATE), token)


def with_session(answer: Response, token: str) -> Response:
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


async def _leaving(request: Request) -> Response:
    return await _show(request, "logout.html", who=await _who(request))


async def _log_out(request: Request) -> Response:
    who = await _who(request)
    if who is not None:
        await anyio.to_thread.run_sync(identity.sign_out, who, _client(request))
    answer = RedirectResponse("/login", 303, headers={**_PRIVATE, "Clear-Site-Data": '"storage"'})
    answer.delete_cookie(
        identity.cookie_name(), path="/", secure=settings().tls, httponly=True, samesite="lax"
    )
    return answer


async def _password_page(request: Request) -> Response:
    return await _show(request, "password.html", who=await _who(request))


async def _new_password(request: Request) -> Response:
    who, form = await _who(request), await _form(request)
    if who is None:
        return RedirectResponse("/login", 303)
    new, again = form.get("new", ""), form.get("again", "")
    try:
        if new != again:
            raise SignInRefused("两次输入的新密码不一致。")
        await anyio.to_thread.run_sync(
            identity.change_password, who, form.get("old", ""), new, _client(request)
        )
    except SignInRefused as refusal:
        return await _show(request, "password.html", who=who, refusal=str(refusal))
    return RedirectResponse("/", 303, headers=_PRIVATE)


async def _who(request: Request) -> SignedIn | None:
    token = request.cookies.get(identity.cookie_name())
    return await anyio.to_thread.run_sync(identity.signed_in, token)


def _client(request: Request) -> Client:
    address = request.client.host if request.client else ""
    return Client(address, request.headers.get("user-agent", ""))


async def _form(request: Request) -> dict[str, str]:
    """The fields of an own form; anything larger or from another site is nothing."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_FORM:
                return {}
    except ClientDisconnect:
        return {}
    return dict(
        parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    )


async def _show(request: Request, page: str, status: int = 200, **told: Any) -> Response:
    tried = await anyio.to_thread.run_sync(identity.accounts_to_try) if page == "login.html" else []
    told = {"app_name": wording.APP_NAME, "samples": tried, "refusal": None, "login": "",
            "sample_password": SAMPLE_PASSWORD, **told}  # fmt: skip
    return _TEMPLATES.TemplateResponse(request, page, told, status, headers=_PRIVATE)


def own_forms_only(endpoint: Any) -> Any:
    """A form that changes something is taken from our own pages only."""

    async def guarded(request: Request) -> Response:
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
        if not own or site not in {"same-origin", "none"}:
            return PlainTextResponse(wording.FOREIGN_FORM, 403)
        return await endpoint(request)  # type: ignore[no-any-return]

    return guarded


ROUTES = [
    Route("/login", _login_page, methods=["GET"]),
    Route("/login", own_forms_only(_log_in), methods=["POST"]),
    Route("/logout", _leaving, methods=["GET"]),
    Route("/logout", own_forms_only(_log_out), methods=["POST"]),
    Route("/password", _password_page, methods=["GET"]),
    Route("/password", own_forms_only(_new_password), methods=["POST"]),
]
