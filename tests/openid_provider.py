"""A real OpenID provider on loopback (Authlib's provider side); a test may make it lie.

Whoever comes is logged in at once as `subject`. A code is good once, for its client, its address
and its PKCE secret.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode, UserInfo
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "duban", "between-the-two-of-us"


@dataclass
class Provider:
    """What the provider says, and what it was asked."""

    address: str = ""
    subject: str = "uid-7"
    claims: dict[str, Any] = field(default_factory=dict)
    """Claims said instead of the right ones."""
    metadata: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, _Code] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs_with: RSAKey | None = None
    """Another key than the published one."""

    def well_known(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            **self.metadata,
        }


@dataclass
class _Code:
    code: str
    redirect_uri: str
    scope: str
    nonce: str | None
    challenge: str | None
    method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class _Duban(ClientMixin):  # type: ignore[misc]
    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return urlsplit(redirect_uri).path == "/login/oidc/callback"

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return bool(method == "client_secret_basic")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class _Request(OAuth2Request):  # type: ignore[misc]
    def __init__(self, method: str, path: str, body: str, headers: dict[str, str]) -> None:
        # Authlib wants https; on loopback there is none.
        super().__init__(method, f"https://provider.example{path}", headers=headers)
        self._fields = dict(parse_qsl(body or urlsplit(path).query))
        self.payload = BasicOAuth2Payload(self._fields)

    @property
    def args(self) -> dict[str, str]:
        return self._fields

    @property
    def form(self) -> dict[str, str]:
        return self._fields


class _Server(AuthorizationServer):  # type: ignore[misc]
    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self.provider = provider

    def query_client(self, client_id: str) -> _Duban | None:
        return _Duban() if client_id == CLIENT_ID else None

    def save_token(self, _token: object, _request: object) -> None:
        return

    def create_oauth2_request(self, request: _Request) -> _Request:
        return request

    def handle_response(self, status: int, body: object, headers: object) -> object:
        return status, body if isinstance(body, str) else json.dumps(body), headers

    def send_signal(self, *_said: object, **_more: object) -> None:
        return


class _CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        said = request.payload.data
        self.server.provider.codes[code] = _Code(
            code, said["redirect_uri"], said["scope"], said.get("nonce"),
            said.get("code_challenge"), said.get("code_challenge_method"),
        )  # fmt: skip

    def query_authorization_code(self, code: str, _client: object) -> _Code | None:
        return self.server.provider.codes.get(code)

    def delete_authorization_code(self, authorization_code: _Code) -> None:
        del self.server.provider.codes[authorization_code.code]

    def authenticate_user(self, _authorization_code: object) -> str:
        return self.server.provider.subject


class _Challenge(CodeChallenge):  # type: ignore[misc]
    def get_authorization_code_challenge(self, authorization_code: _Code) -> str | None:
        return authorization_code.challenge

    def get_authorization_code_challenge_method(self, authorization_code: _Code) -> str | None:
        return authorization_code.method


class _Identity(OpenIDCode):  # type: ignore[misc]
    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, _nonce: str, _request: object) -> bool:
        return False

    def resolve_client_private_key(self, _client: object) -> RSAKey:
        return self.provider.signs_with or self.provider.key

    def get_client_algorithm(self, _client: object) -> str:
        return "RS256"

    def get_encode_header(self, _client: object) -> dict[str, str]:
        return {"alg": "RS256", "kid": "1"}

    def get_compatible_claims(self, _request: object) -> dict[str, Any]:
        now = int(time.time())
        return {"iss": self.provider.address, "aud": CLIENT_ID, "iat": now, "exp": now + 300}

    def generate_user_info(self, user: str, _scope: object) -> UserInfo:
        return UserInfo({"sub": user, **self.provider.claims})


def _server(provider: Provider) -> _Server:
    server = _Server(provider)
    server.register_token_generator(
        "default",
        lambda **_asked: {
            "token_type": "Bearer",
            "access_token": secrets.token_urlsafe(16),
            "expires_in": 300,
            "scope": "openid",
        },
    )
    server.register_grant(_CodeGrant, [_Identity(provider), _Challenge(required=True)])
    return server


@contextmanager
def openid_provider() -> Iterator[Provider]:
    """A provider that answers on a free port of this machine."""
    provider = Provider()
    server = _server(provider)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/.well-known/openid-configuration":
                self._say(200, json.dumps(provider.well_known()), [])
            elif path == "/keys":
                keys = {"keys": [provider.key.as_dict(private=False)]}
                self._say(200, json.dumps(keys), [])
            else:
                asked = _Request("GET", self.path, "", dict(self.headers))
                provider.asked.append(asked.form)
                grant = server.get_authorization_grant(asked)
                self._say(*server.create_authorization_response(asked, provider.subject, grant))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked = _Request("POST", self.path, body, dict(self.headers))
            provider.asked.append(asked.form)
            self._say(*server.create_token_response(asked))

        def _say(self, status: int, body: str, headers: list[tuple[str, str]]) -> None:
            self.send_response(status)
            for name, value in headers or [("Content-Type", "application/json")]:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_said: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        provider.address = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            listening.shutdown()
            thread.join()
