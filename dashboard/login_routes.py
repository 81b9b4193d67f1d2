"""The login page and what belongs to it: HTML forms that need no script, and no Streamlit."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard import identity, proxy
from dashboard.identity import PASSWORD, SignInRefused
from dashboard.login_pages import (
    PRIVATE,
    client_of,
    form_of,
    guarded,
    in_turn,
    login_page,
    safe_next,
    show,
    welcomed,
    who_asks,
)
from dashboard.settings import settings


async def _login_page(request: Request) -> Response:
    after = safe_next(request.query_params.get("next"))
    if await who_asks(request) is not None:
        return RedirectResponse(after, 303, headers=PRIVATE)
    subject = proxy.vouched_subject(request)
    if subject is None or request.method != "GET":
        return await login_page(request, after)
    try:
        token = await anyio.to_thread.run_sync(
            identity.sign_in_outside, subject, proxy.WAY, client_of(request)
        )
    except SignInRefused as refusal:
        return await login_page(request, after, refusal=str(refusal))
    return await welcomed(request, token, after)


async def _log_in(request: Request) -> Response:
    form = await form_of(request)
    after, login = safe_next(form.get("next")), form.get("login", "")
    try:
        token = await in_turn(identity.sign_in, login, form.get("password", ""), client_of(request))
    except SignInRefused as refusal:
        return await login_page(request, after, login=login[:60], refusal=str(refusal))
    return await welcomed(request, token, after)


async def _leaving(request: Request) -> Response:
    return show(request, "logout.html", who=await who_asks(request))


async def _log_out(request: Request) -> Response:
    who = await who_asks(request)
    if who is not None:
        await anyio.to_thread.run_sync(identity.sign_out, who, client_of(request))
    # Whom somebody else vouches for would be logged in again at once by the login page.
    to = "/login" if who is None or who.way == PASSWORD else "/logout"
    answer = RedirectResponse(to, 303, headers={**PRIVATE, "Clear-Site-Data": '"storage"'})
    answer.delete_cookie(
        identity.cookie_name(), path="/", secure=settings().tls, httponly=True, samesite="lax"
    )
    return answer


async def _password_page(request: Request) -> Response:
    who = await who_asks(request)
    if who is None:
        return RedirectResponse("/login", 303, headers=PRIVATE)
    return show(request, "password.html", who=who)


async def _new_password(request: Request) -> Response:
    who, form = await who_asks(request), await form_of(request)
    if who is None:
        return RedirectResponse("/login", 303, headers=PRIVATE)
    new, again = form.get("new", ""), form.get("again", "")
    try:
        if new != again:
            raise SignInRefused("两次输入的新密码不一致。")
        await in_turn(identity.change_password, who, form.get("old", ""), new, client_of(request))
    except SignInRefused as refusal:
        return show(request, "password.html", who=who, refusal=str(refusal))
    return RedirectResponse("/", 303, headers=PRIVATE)


ROUTES = [
    Route("/login", guarded(_login_page), methods=["GET"]),
    Route("/login", guarded(_log_in), methods=["POST"]),
    Route("/logout", guarded(_leaving), methods=["GET"]),
    Route("/logout", guarded(_log_out), methods=["POST"]),
    Route("/password", guarded(_password_page), methods=["GET"]),
    Route("/password", guarded(_new_password), methods=["POST"]),
]
