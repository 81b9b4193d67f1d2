"""Login through an OpenID provider: there, back, a session of our own; wrong answers refused."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from joserfc.jwk import RSAKey

from data_access.accounts.known import LOCAL
from data_access.accounts.upkeep import AccountWanted, create_account
from data_access.database import open_engine
from supervision.scope import Role, Scope
from tests.looking import GOOD_PASSWORD
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, Provider, openid_provider
from tests.serving import Answer, asked, served

FAILED = "统一身份登录没有成功"
ALSO = Scope.whole_city()


class City(NamedTuple):
    """A running server and the provider it asks."""

    address: str
    provider: Provider


@pytest.fixture(scope="module")
def city_and_provider(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    """`duban serve` with an account that the provider knows as uid-7."""
    folder = tmp_path_factory.mktemp("oidc")
    shutil.copyfile(sqlite_template, folder / "city.sqlite3")
    store = f"sqlite:///{folder / 'city.sqlite3'}"
    engine = open_engine(store)
    for login, subject in (("someone", "uid-7"), ("unbound", None)):
        wanted = AccountWanted(login, "某人", frozenset({Role.LEADER}), ALSO, subject)
        create_account(engine, wanted, viewer=LOCAL, password=GOOD_PASSWORD)
    engine.dispose()
    with (
        openid_provider() as provider,
        served(
            folder,
            "--no-sample",
            DUBAN_DATABASE_URL=store,
            DUBAN_OIDC_ISSUER=provider.address,
            DUBAN_OIDC_CLIENT_ID=CLIENT_ID,
            DUBAN_OIDC_CLIENT_SECRET=CLIENT_SECRET,
            DUBAN_OIDC_NAME="用粤政易登录",
        ) as address,
    ):
        yield City(address, provider)


@pytest.fixture
def city(city_and_provider: City) -> City:
    """The same city, its provider honest again."""
    provider = city_and_provider.provider
    provider.subject, provider.signs_with = "uid-7", None
    provider.claims, provider.codes = {}, {}
    provider.asked.clear()
    return city_and_provider


class Way(NamedTuple):
    """How far a browser has come: the cookie of the way, and the address it is sent back to."""

    cookie: str
    back: str


def _to_the_provider(city: City, after: str = "/items") -> Way:
    begun = asked(city.address, f"/login/oidc?{urlencode({'next': after})}")
    assert begun.status == 302
    there = urlsplit(begun.headers["Location"])
    sent = asked(city.provider.address, f"{there.path}?{there.query}")
    assert sent.status == 302
    back = urlsplit(sent.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == city.address
    return Way(begun.cookie, f"{back.path}?{back.query}")


def _back(city: City, way: Way, *, cookie: str | None = None) -> Answer:
    return asked(
        city.address, way.back, headers={"Cookie": way.cookie if cookie is None else cookie}
    )


def _session(told: Answer) -> str:
    [cookie] = [
        value.split(";")[0]
        for value in told.headers.get_all("Set-Cookie") or []
        if value.startswith("duban_session=")
    ]
    return cookie


def _nobody_is_logged_in(told: Answer, words: str = FAILED) -> bool:
    set_ = "".join(told.headers.get_all("Set-Cookie") or [])
    return told.status == 200 and words in told.text and "duban_session" not in set_


def test_the_login_page_offers_the_way_and_keeps_where_to_go(city: City):
    told = asked(city.address, "/login?next=/items%3Ffigure%3Dopen").text
    assert 'href="/login/oidc?next=/items%3Ffigure%3Dopen">用粤政易登录</a>' in told


def test_whom_the_provider_knows_gets_a_session_of_our_own(city: City):
    told = _back(city, _to_the_provider(city))
    assert (told.status, told.headers["Location"]) == (303, "/items")
    own = {"Cookie": _session(told)}
    assert asked(city.address, "/items", headers=own).status == 200
    out = asked(city.address, "/logout", "", headers=own)
    assert (out.status, out.headers["Location"]) == (303, "/logout")
    assert asked(city.address, "/items", headers=own).status == 303, "dead after the logout"
    begun, exchanged = city.provider.asked
    assert begun["code_challenge_method"] == "S256"
    assert begun["scope"] == "openid"
    assert len(begun["nonce"]) >= 20
    assert len(begun["state"]) >= 20
    assert len(exchanged["code_verifier"]) >= 43


def test_the_cookie_of_the_way_is_short_signed_and_goes_nowhere_else(city: City):
    begun = asked(city.address, "/login/oidc")
    name, _, flags = begun.headers["Set-Cookie"].partition("=")
    kept = {flag.strip().lower() for flag in flags.split(";")[1:]}
    assert name == "duban_login"
    assert kept == {"path=/login/oidc", "max-age=600", "httponly", "samesite=lax"}
    assert begun.headers["Cache-Control"] == "no-store"
    told = _back(city, _to_the_provider(city))
    gone = [c for c in told.headers.get_all("Set-Cookie") or [] if c.startswith("duban_login=")]
    assert "1970" in gone[0]


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_back_leads_to_a_page_of_this_server_only(city: City, after: str):
    assert _back(city, _to_the_provider(city, after)).headers["Location"] == "/"


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(city: City):
    way, other = _to_the_provider(city), _to_the_provider(city)
    assert _nobody_is_logged_in(_back(city, way, cookie=""))
    assert _nobody_is_logged_in(_back(city, way, cookie=other.cookie))
    assert _nobody_is_logged_in(_back(city, way, cookie=way.cookie[:-3] + "abc"))
    said = dict(parse_qsl(urlsplit(way.back).query))
    for state in ("", "made-up"):
        changed = way._replace(back=f"/login/oidc/callback?{urlencode({**said, 'state': state})}")
        assert _nobody_is_logged_in(_back(city, changed))


def test_an_answer_is_good_once(city: City):
    way = _to_the_provider(city)
    assert _back(city, way).status == 303
    assert _nobody_is_logged_in(_back(city, way))


def test_a_code_of_somebody_elses_way_is_refused(city: City):
    """The attacker's code in the victim's browser: PKCE and the nonce do not fit."""
    mine, theirs = _to_the_provider(city), _to_the_provider(city)
    code = dict(parse_qsl(urlsplit(theirs.back).query))["code"]
    state = dict(parse_qsl(urlsplit(mine.back).query))["state"]
    mixed = mine._replace(back=f"/login/oidc/callback?{urlencode({'code': code, 'state': state})}")
    assert _nobody_is_logged_in(_back(city, mixed))


NOW = int(time.time())
WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "made-up"},
    "no nonce": {"nonce": ""},
    "expired": {"exp": NOW - 600},
    "another issuer": {"iss": "http://127.0.0.1:9"},
    "for another program": {"aud": "another"},
    "for two, given to another": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "another access token": {"at_hash": "bWFkZS11cA"},
    "no subject": {"sub": None},
    "a number as subject": {"sub": 7},
    "an empty subject": {"sub": ""},
}


@pytest.mark.parametrize("how", WRONG_CLAIMS)
def test_an_identity_that_does_not_fit_logs_nobody_in(city: City, how: str):
    city.provider.claims = WRONG_CLAIMS[how]
    told = _back(city, _to_the_provider(city))
    assert _nobody_is_logged_in(told, "没有与之对应的账号" if how == "an empty subject" else FAILED)


def test_an_identity_signed_by_another_key_logs_nobody_in(city: City):
    city.provider.signs_with = RSAKey.generate_key(2048, {"kid": "1"})
    assert _nobody_is_logged_in(_back(city, _to_the_provider(city)))


@pytest.mark.parametrize("subject", ["uid-8", "someone", "unbound", "UID-7"])
def test_whom_the_provider_knows_and_we_do_not_is_told_so(city: City, subject: str):
    city.provider.subject = subject
    told = _back(city, _to_the_provider(city))
    assert _nobody_is_logged_in(told, "没有与之对应的账号，请联系系统管理员")


def test_a_refusal_of_the_provider_is_told_without_its_words(city: City):
    way = _to_the_provider(city)
    state = dict(parse_qsl(urlsplit(way.back).query))["state"]
    said = {"error": "access_denied", "error_description": "<b>evil</b>", "state": state}
    told = _back(city, way._replace(back=f"/login/oidc/callback?{urlencode(said)}"))
    assert _nobody_is_logged_in(told)
    assert "evil" not in told.text


def test_a_provider_that_does_not_answer_leaves_the_password(sqlite_template: Path, tmp_path: Path):
    shutil.copyfile(sqlite_template, tmp_path / "city.sqlite3")
    with served(
        tmp_path,
        "--no-sample",
        DUBAN_DATABASE_URL=f"sqlite:///{tmp_path / 'city.sqlite3'}",
        DUBAN_OIDC_ISSUER="http://127.0.0.1:9",
        DUBAN_OIDC_CLIENT_ID=CLIENT_ID,
        DUBAN_OIDC_CLIENT_SECRET=CLIENT_SECRET,
    ) as address:
        told = asked(address, "/login/oidc")
        assert _nobody_is_logged_in(told)
        assert 'name="password"' in told.text
        assert "用统一身份登录" in told.text
    log = (tmp_path / "server.log").read_text()
    assert "oidc: ConnectError" in log
    assert "Traceback" not in log
    assert "Warning" not in log, "what the operator can do nothing about"
    assert CLIENT_SECRET not in log


def test_a_provider_that_speaks_for_another_issuer_is_not_asked(
    sqlite_template: Path, tmp_path: Path
):
    shutil.copyfile(sqlite_template, tmp_path / "city.sqlite3")
    with openid_provider() as provider:
        provider.metadata = {"issuer": "https://another.example"}
        with served(
            tmp_path,
            "--no-sample",
            DUBAN_DATABASE_URL=f"sqlite:///{tmp_path / 'city.sqlite3'}",
            DUBAN_OIDC_ISSUER=provider.address,
            DUBAN_OIDC_CLIENT_ID=CLIENT_ID,
            DUBAN_OIDC_CLIENT_SECRET=CLIENT_SECRET,
        ) as address:
            assert _nobody_is_logged_in(asked(address, "/login/oidc"))
        assert provider.asked == []
    assert "oidc: ProviderRefused" in (tmp_path / "server.log").read_text()
