from datetime import date
from pathlib import Path

import pytest

from dashboard.settings import SettingRefused, read_settings


def test_every_setting_has_a_safe_default():
    known = read_settings({})
    assert known.database_url.startswith("sqlite:///")
    assert known.database_url.endswith("var/duban.sqlite3")
    assert (known.host, known.port, known.as_of) == ("127.0.0.1", 8501, None)
    assert known.max_file_bytes == 50 * 1024 * 1024
    assert known.max_unpacked_bytes == 300 * 1024 * 1024
    assert (known.max_rows, known.max_columns) == (200_000, 500)


def test_settings_are_read_from_their_names():
    known = read_settings(
        {
            "DUBAN_DATABASE_URL": "postgresql+psycopg://duban@localhost/duban",
            "DUBAN_PORT": "8600",
            "DUBAN_AS_OF": "2026-03-02",
            "DUBAN_MAX_FILE_MB": "8",
        }
    )
    assert known.database_url == "postgresql+psycopg://duban@localhost/duban"
    assert (known.port, known.as_of, known.max_file_mb) == (8600, date(2026, 3, 2), 8)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUBAN_PORT", "八千"),
        ("DUBAN_PORT", "70000"),
        ("DUBAN_PORT", "-1"),
        ("DUBAN_PORT", "²"),
        ("DUBAN_AS_OF", "2026/3/2"),
        ("DUBAN_MAX_FILE_MB", "0"),
        ("DUBAN_HOST", "0.0.0.0"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(name, value):
    with pytest.raises(SettingRefused, match=name):
        read_settings({name: value})


OIDC = {
    "DUBAN_OIDC_ISSUER": "https://id.example/city/",
    "DUBAN_OIDC_CLIENT_ID": "duban",
    "DUBAN_OIDC_CLIENT_SECRET": "secret",
}


def test_a_provider_is_asked_when_all_of_it_is_told():
    assert read_settings({}).oidc is None
    assert read_settings({"DUBAN_OIDC_NAME": "登录"}).oidc is None
    known = read_settings(OIDC).oidc
    assert known is not None
    assert (known.issuer, known.name) == ("https://id.example/city", "用统一身份登录")


@pytest.mark.parametrize("missing", OIDC)
def test_a_provider_half_told_is_refused_by_what_is_missing(missing):
    half = {name: value for name, value in OIDC.items() if name != missing}
    with pytest.raises(SettingRefused, match=f"还缺 {missing}。"):
        read_settings(half)


@pytest.mark.parametrize("issuer", ["http://id.example", "id.example", "http://127.0.0.1.evil"])
def test_a_provider_is_asked_encrypted_or_on_this_machine(issuer):
    with pytest.raises(SettingRefused, match="https://"):
        read_settings({**OIDC, "DUBAN_OIDC_ISSUER": issuer})
    assert read_settings({**OIDC, "DUBAN_OIDC_ISSUER": "http://127.0.0.1:9000"}).oidc


def test_a_header_is_believed_from_told_addresses_only():
    assert read_settings({}).proxy_user_header == ""
    with pytest.raises(SettingRefused, match="DUBAN_PROXY_ADDRESSES"):
        read_settings({"DUBAN_PROXY_USER_HEADER": "X-User"})
    known = read_settings(
        {"DUBAN_PROXY_USER_HEADER": "X-User", "DUBAN_PROXY_ADDRESSES": "10.0.0.7, fd00::/8"}
    )
    assert known.proxy_user_header == "x-user"
    assert [str(network) for network in known.proxy_addresses] == ["10.0.0.7/32", "fd00::/8"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUBAN_PROXY_ADDRESSES", "proxy.example"),
        ("DUBAN_PROXY_ADDRESSES", "10.0.0.7/8"),
        ("DUBAN_PROXY_ADDRESSES", "0.0.0.0/0"),
        ("DUBAN_PROXY_ADDRESSES", "::/0"),
        ("DUBAN_PROXY_USER_HEADER", "X_User"),
        ("DUBAN_PROXY_USER_HEADER", "X-User: a"),
        ("DUBAN_TLS", "yes"),
        ("DUBAN_IDLE_MINUTES", "0"),
        ("DUBAN_SESSION_HOURS", "1000"),
    ],
)
def test_a_wrong_setting_of_logins_is_refused_by_its_name(name, value):
    with pytest.raises(SettingRefused, match=name):
        read_settings({"DUBAN_PROXY_ADDRESSES": "10.0.0.7", name: value})


def test_a_start_for_others_names_everything_that_is_missing():
    with pytest.raises(SettingRefused) as refused:
        read_settings({"DUBAN_HOST": "0.0.0.0"})
    for name in ("DUBAN_ALLOWED_HOSTS", "DUBAN_TLS", "DUBAN_DATABASE_URL"):
        assert name in str(refused.value)


def test_a_server_for_this_machine_only_keeps_its_key_beside_its_store():
    known = read_settings({"DUBAN_DATABASE_URL": "sqlite:////srv/city/duban.sqlite3"})
    assert (known.key, known.key_file) == (None, Path("/srv/city/duban.key"))
    assert known.key_may_be_made


def test_a_key_that_is_told_is_taken_and_stands_in_no_repr():
    known = read_settings({"DUBAN_KEY": "a-secret-key"})
    assert (known.key, known.key_file, known.key_may_be_made) == ("a-secret-key", None, False)
    assert "a-secret-key" not in repr(known)
    known = read_settings({"DUBAN_KEY_FILE": "/srv/keys"})
    assert (known.key_file, known.key_may_be_made) == (Path("/srv/keys"), False)
    with pytest.raises(SettingRefused, match="DUBAN_KEY_FILE"):
        read_settings({"DUBAN_KEY": "a", "DUBAN_KEY_FILE": "b"})


READY = {"DUBAN_HOST": "0.0.0.0", "DUBAN_ALLOWED_HOSTS": "duban.example", "DUBAN_TLS": "1",
         "DUBAN_DATABASE_URL": "postgresql+psycopg://duban@localhost/duban"}  # fmt: skip


def test_a_server_for_others_does_not_start_without_a_key():
    with pytest.raises(SettingRefused, match="DUBAN_KEY 或 DUBAN_KEY_FILE") as refusal:
        read_settings(READY)
    assert "DUBAN_TLS" not in str(refusal.value)
    assert read_settings({**READY, "DUBAN_KEY_FILE": "/srv/keys"}).key_file == Path("/srv/keys")
