"""What a reverse proxy in front says of a request: where it comes from, and who it is.

Only a peer that the settings list is believed; from anyone else these headers are nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import HTTPConnection

from dashboard.identity import SignedIn
from dashboard.settings import settings

WAY = "proxy"
_FORWARDED = "x-forwarded-for"


def client_address(asked: HTTPConnection) -> str:
    """Where a request comes from; behind a listed proxy, the last address that is none."""
    peer = asked.client.host if asked.client else ""
    if not _is_listed(peer):
        return peer
    for hop in _hops_from_the_nearest(asked):
        address = _address(hop)
        if address is None:
            break
        peer = str(address)
        if not _is_listed(peer):
            break
    return peer


def vouched_subject(asked: HTTPConnection) -> str | None:
    """Whom a listed proxy names; None where it names nobody, or more than one."""
    name = settings().proxy_user_header.encode()
    if not name or not asked.client or not _is_listed(asked.client.host):
        return None
    said = [value for header, value in asked.scope["headers"] if header.lower() == name]
    if len(said) != 1:
        return None
    try:
        subject: str = said[0].decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    return subject or None


def still_vouched(asked: HTTPConnection, who: SignedIn) -> bool:
    """Whether a session that a proxy opened comes with that proxy's word for the same person."""
    return who.way != WAY or (who.subject is not None and vouched_subject(asked) == who.subject)


def _is_listed(host: str) -> bool:
    address = _address(host)
    return address is not None and any(address in network for network in settings().proxy_addresses)


def _address(told: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(told)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _hops_from_the_nearest(asked: HTTPConnection) -> Iterator[str]:
    told = ",".join(asked.headers.getlist(_FORWARDED))
    return (hop.strip() for hop in reversed(told.split(",")))
