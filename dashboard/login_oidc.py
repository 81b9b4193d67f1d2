"""Login through the city's OpenID provider: to it, back from it, then a session of our own.

State, nonce and the PKCE secret travel in a signed cookie of ten minutes that only these two
addresses are sent (docs/decisions/0009).
"""

from __future__ import annotations

import logging
import secrets
import ssl
import warnings
from functools import cache
from typing import Any

import anyio
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard import identity, wording
from dashboard.identity import SignInRefused
from dashboard.login_pages import (
    PRIVATE,
    client_of,
    guarded,
    login_page,
    safe_next,
    welcomed,
)
from dashboard.settings import OidcSettings, settings

WAY = "oidc"
BEGIN, CALLBACK = "/login/oidc", "/login/oidc/callback"
_MINUTES = 10
_ANSWERS_WITHIN = 10.0
_AFTER = "after"
_LOG = logging.getLogger("duban")


class ProviderRefused(Exception):
    """The provider's answer is not one that this login asked for."""


def routes() -> list[Route]:
    """The two addresses; the key of their cookie lives as long as the process."""
    tls = settings().tls
    travelling = Middleware(
        SessionMiddleware,
        secret_key=secrets.token_urlsafe(32),
        session_cookie="__Secure-duban_login" if tls else "duban_login",
        max_age=_MINUTES * 60,
        path=BEGIN,
        https_only=tls,
    )
    return [
        Route(BEGIN, guarded(_begin), methods=["GET"], middleware=[travelling]),
        Route(
            CALLBACK, guarded(_come_back, begins=BEGIN), methods=["GET"], middleware=[travelling]
        ),
    ]


async def _begin(request: Request) -> Response:
    wanted, after = settings().oidc, safe_next(request.query_params.get("next"))
    if wanted is None:
        return RedirectResponse("/login", 303, headers=PRIVATE)
    request.session.clear()
    request.session[_AFTER] = after
    try:
        await _checked_metadata(wanted)
        answer: Response = await _provider(wanted).authorize_redirect(
            request, _callback_address(request)
        )
    except Exception as problem:
        return await _failed(request, after, problem)
    answer.headers.update(PRIVATE)
    return answer


async def _come_back(request: Request) -> Response:
    wanted, after = settings().oidc, safe_next(request.session.get(_AFTER))
    if wanted is None:
        return RedirectResponse("/login", 303, headers=PRIVATE)
    try:
        subject = await _subject(wanted, request)
    except Exception as problem:
        # A provider can answer wrongly in many ways; each of them logs nobody in.
        return await _failed(request, after, problem)
    finally:
        request.session.clear()
    try:
        token = await anyio.to_thread.run_sync(
            identity.sign_in_outside, subject, WAY, client_of(request)
        )
    except SignInRefused as refusal:
        return await login_page(request, after, refusal=str(refusal))
    return await welcomed(request, token, after)


async def _subject(wanted: OidcSettings, request: Request) -> str:
    issuer = (await _checked_metadata(wanted))["issuer"]
    told = await _provider(wanted).authorize_access_token(
        request,
        claims_options={
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": wanted.client_id},
        },
    )
    claims = told.get("userinfo")
    if not claims or not isinstance(claims.get("sub"), str):
        raise ProviderRefused("no identity token")
    subject: str = claims["sub"]
    return subject


async def _checked_metadata(wanted: OidcSettings) -> dict[str, Any]:
    metadata: dict[str, Any] = await _provider(wanted).load_server_metadata()
    if str(metadata.get("issuer", "")).rstrip("/") != wanted.issuer:
        raise ProviderRefused("another issuer answers")
    return metadata


async def _failed(request: Request, after: str, problem: Exception) -> Response:
    # Its text may hold a code or a token.
    _LOG.warning("oidc: %s", type(problem).__name__)
    return await login_page(request, after, refusal=wording.OUTSIDE_FAILED)


def _callback_address(request: Request) -> str:
    scheme = "https" if settings().tls else "http"
    return f"{scheme}://{request.headers['host']}{CALLBACK}"


@cache
def _provider(wanted: OidcSettings) -> Any:
    # Loaded only where a city has one.
    with warnings.catch_warnings():
        # It asks for the successor of httpx at its import, whatever is used of it (0009), and
        # lays a filter down that shows this: ours counts if it is laid above that one.
        from authlib.deprecate import AuthlibDeprecationWarning

        warnings.simplefilter("ignore", AuthlibDeprecationWarning)
        from authlib.integrations.starlette_client import OAuth

    return OAuth().register(
        name="city",
        client_id=wanted.client_id,
        client_secret=wanted.client_secret,
        server_metadata_url=f"{wanted.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "timeout": _ANSWERS_WITHIN,
            # No proxy of the machine; the machine's own certificates, a city's among them.
            "trust_env": False,
            "verify": ssl.create_default_context(),
        },
    )
