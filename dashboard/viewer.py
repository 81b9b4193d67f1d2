"""Who is looking. Until accounts come, the server binds to this machine only and one local
supervisor is looking, whose scope is the whole city; every read and act already takes both."""

from __future__ import annotations

from supervision.scope import Role, Scope, Viewer


def viewer() -> Viewer:
    """The person at this machine."""
    return Viewer(
        account="local",
        name="本机督查员",
        roles=frozenset({Role.SUPERVISOR}),
        scope=Scope.whole_city(),
    )
