"""Every act on items: one transaction, judged by the rules, kept with its audit row.

The order is lifecycle.md's: the item must be seen, then the roles, then the row version, then
states and guards. Each item is done wholly or stays as it was, with its sentence.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from data_access import clock
from data_access.act_effects import told_effects
from data_access.calendar_store import current_calendar, current_calendar_version
from data_access.database import Transaction, part_of, transaction
from data_access.loop_rules import loop_rules
from data_access.privacy.key_place import KeyPlace
from data_access.schema.items import items, rounds
from data_access.schema.supervision import item_acts
from data_access.writes.acting import telling
from data_access.writes.acting.actors import Actor, Standing
from data_access.writes.acting.circumstances import circumstances_of
from data_access.writes.acting.deed import Deed, Occasion, Row
from data_access.writes.acting.effects import EFFECTS
from data_access.writes.acting.opening import begun_item
from data_access.writes.acting.outcome import Done, Performed, Refused, Stale
from data_access.writes.acting.reporters import known_names
from data_access.writes.acting.said import Said
from data_access.writes.in_line import WAIT_MS, busy
from supervision.beside_acts import AnyAct, BesideAct, allowed_beside, beside, roles_of
from supervision.guards import NOTHING_SAID
from supervision.lifecycle import RULES, Act, ActNotAllowed, States, is_allowed, state_after
from supervision.rights import NotPermitted
from supervision.scope import Role, Viewer

NOT_SEEN = "没有这件事项，或不在您的权限范围内。"
NOT_IN_REGISTER = "所选的单位、类别、地点或事项不在名录中，请刷新页面后重新选择。"
NOT_DONE_THEN = "这次提交此前已经处理，这件事项当时没有办理；请刷新页面后再办。"


def perform(
    engine: Engine,
    act: AnyAct,
    versions: dict[int, int],
    said: Said,
    *,
    viewer: Viewer,
    as_of: date,
    token: str,
    keys: KeyPlace | None = None,
) -> Performed:
    """Do an act on items (id → the row version that was on the page); 登记立项 takes none.

    Residents' data of a new item are sealed with `keys`; a known item's resident is hidden in
    what is said.
    The same `token` again gives the first outcome and does nothing. Raises NotPermitted for roles
    that never may, StoreBusy when nothing was done because others write.
    """
    require_role(act, viewer)
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            before = _done_before(change.connection, act, versions, viewer, token)
            if before is not None:
                raise _Nothing(before)
            performed = perform_in(
                change, act, versions, said, viewer=viewer, as_of=as_of, token=token, keys=keys
            )
            if not performed.done:
                raise _Nothing(performed)
    except _Nothing as nothing:
        return nothing.performed
    except OperationalError as fault:
        raise busy(fault) from fault
    return performed


def perform_in(
    change: Transaction,
    act: AnyAct,
    versions: dict[int, int],
    said: Said,
    *,
    viewer: Viewer,
    as_of: date,
    token: str,
    keys: KeyPlace | None = None,
    batch_id: int | None = None,
) -> Performed:
    """The same inside a transaction that stores more; what is refused left no trace.

    `batch_id`: the filled list that told of the act. Raises NotPermitted as `perform` does.
    """
    require_role(act, viewer)
    connection = change.connection
    occasion = Occasion(
        change, viewer, as_of, clock.now(), current_calendar(connection),
        current_calendar_version(connection), loop_rules(connection), keys, batch_id,
    )  # fmt: skip
    return _Performance(occasion, act, said.as_kept(), token).of(versions)


class _Nothing(Exception):
    """Nothing is to be stored: the transaction leaves no trace."""

    def __init__(self, performed: Performed) -> None:
        super().__init__()
        self.performed = performed


def require_role(act: AnyAct, viewer: Viewer) -> None:
    """NotPermitted, with who may, unless one of the viewer's roles has the act."""
    roles = roles_of(act) if isinstance(act, BesideAct) else RULES[act].roles
    if not roles & viewer.roles:
        may = "、".join(role.label for role in Role if role in roles)
        raise NotPermitted(f"您的角色不能{act.label}，可以办理的角色：{may}。")


def current_round(connection: Connection, item: Row) -> Row | None:
    """The round that the item stands in."""
    found = connection.execute(
        select(rounds).where(
            rounds.c.item_id == item["id"], rounds.c.round_no == item["current_round"]
        )
    )
    row = found.mappings().one_or_none()
    return dict(row) if row is not None else None


def _done_before(
    connection: Connection, act: AnyAct, versions: dict[int, int], viewer: Viewer, token: str
) -> Performed | None:
    rows = connection.execute(
        select(item_acts, items.c.number)
        .join(items, items.c.id == item_acts.c.item_id)
        .where(item_acts.c.token == token)
        .order_by(item_acts.c.id)
    ).all()
    if not rows:
        return None
    if any((row.account, row.act) != (viewer.account, act.value) for row in rows):
        raise _Nothing(
            Performed(act, refused=tuple(Refused(key, None, NOT_DONE_THEN) for key in versions))
        )
    done = tuple(Done(row.item_id, row.number, row.id, row.version_after) for row in rows)
    left = set(versions) - {row.item_id for row in rows}
    refused = tuple(Refused(key, None, NOT_DONE_THEN) for key in sorted(left))
    return Performed(act, done, refused, repeated=True)


class _Performance:
    """One act on its items, inside the transaction."""

    def __init__(self, occasion: Occasion, act: AnyAct, said: Said, token: str) -> None:
        self._occasion = occasion
        self._act, self._said, self._token = act, said, token
        self._actor = Actor(occasion.connection, occasion.viewer)
        self._done: list[Done] = []
        self._refused: list[Refused] = []
        self._stale: list[Stale] = []

    def of(self, versions: dict[int, int]) -> Performed:
        """Each item in the order it was given."""
        if self._act is Act.REGISTER:
            self._register()
        else:
            for item_id, version in versions.items():
                self._one(item_id, version)
        return Performed(self._act, tuple(self._done), tuple(self._refused), tuple(self._stale))

    def _register(self) -> None:
        if not self._actor.may_register_in(self._said.unit_id):
            self._refused.append(Refused(0, None, "只能登记您权限范围内县(区)的事项。"))
            return
        deed = Deed(self._occasion, self._act, self._said, item={}, round=None)
        roles = self._occasion.viewer.roles
        self._attempt(deed, 0, Standing(True, roles), begin=True)

    def _one(self, item_id: int, version: int) -> None:
        connection = self._occasion.connection
        question = select(items).where(items.c.id == item_id).with_for_update()
        found = connection.execute(question).mappings().one_or_none()
        if found is None:
            self._refused.append(Refused(item_id, None, NOT_SEEN))
            return
        row = dict(found)
        at = current_round(connection, row)
        standing = self._actor.standing(row, at)
        if not standing.seen:
            self._refused.append(Refused(item_id, None, NOT_SEEN))
            return
        said = self._said.without(known_names(connection, self._occasion.keys, item_id))
        deed = Deed(self._occasion, self._act, said, row, at, standing.department_id)
        self._attempt(deed, version, standing)

    def _attempt(
        self, deed: Deed, version: int, standing: Standing, *, begin: bool = False
    ) -> None:
        number = deed.item.get("number")
        key = deed.item.get("id", 0)
        try:
            self._refuse_roles(standing)
            if not begin and deed.item["row_version"] != version:
                self._stale.append(telling.stale(self._occasion.connection, deed.item, version))
                return
            with part_of(self._occasion.change):
                if begin:
                    deed.item = begun_item(deed)
                deed.after = self._judged(deed, standing.roles)
                self._do(deed)
        except ActNotAllowed as refusal:
            self._refused.append(Refused(key, number, str(refusal)))
        except IntegrityError:
            self._refused.append(Refused(key, number, NOT_IN_REGISTER))

    def _refuse_roles(self, standing: Standing) -> None:
        act = self._act
        needed = roles_of(act) if isinstance(act, BesideAct) else RULES[act].roles
        if needed & standing.roles:
            return
        if needed & self._occasion.viewer.roles:
            raise ActNotAllowed(f"不能{act.label}：这件事项目前不由您的单位（县区）办理。")
        may = "、".join(role.label for role in Role if role in needed)
        raise ActNotAllowed(f"您的角色不能{act.label}，须由{may}办理。")

    def _judged(self, deed: Deed, roles: frozenset[Role]) -> States:
        """The states after the act; what the store knows is asked only where the act may be."""
        act, now = deed.act, deed.states
        if any(
            day is not None and day > deed.as_of for day in (deed.said.on, deed.said.received_on)
        ):
            raise ActNotAllowed("日期不能晚于今天。")
        if isinstance(act, BesideAct):
            told = act in allowed_beside(now.item, now.round)
            said = circumstances_of(deed, roles) if told else NOTHING_SAID
            return beside(act, now.item, now.round, circumstances=said, roles=roles)
        told = is_allowed(act, now.item, now.round)
        said = circumstances_of(deed, roles) if told else NOTHING_SAID
        return state_after(act, now.item, now.round, circumstances=said, roles=roles)

    def _do(self, deed: Deed) -> None:
        deed.act_id = self._begun(deed)
        before, after = deed.states, deed.after
        assert after is not None
        EFFECTS[deed.act](deed)
        if after.item is not before.item:
            deed.set_item(state=after.item.value)
        if after.round is not None and after.round is not before.round:
            deed.set_round(state=after.round.value)
        version = deed.item["row_version"] + 1
        connection = self._occasion.connection
        connection.execute(
            update(items)
            .where(items.c.id == deed.item_id)
            .values(row_version=version, change_number=self._occasion.change.change)
        )
        connection.execute(
            update(item_acts)
            .where(item_acts.c.id == deed.act_id)
            .values(effects=told_effects(deed.effects))
        )
        telling.record(deed)
        self._done.append(
            Done(deed.item_id, deed.item["number"], deed.act_id, version, deed.remark)
        )

    def _begun(self, deed: Deed) -> int:
        said = deed.said
        key = self._occasion.connection.execute(
            insert(item_acts)
            .values(
                item_id=deed.item_id,
                round_no=deed.round["round_no"] if deed.round else None,
                act=deed.act.value,
                account=deed.account,
                department_id=deed.department_id,
                at=self._occasion.at,
                done_on=deed.as_of,
                reason=said.reassign_reason.value if said.reassign_reason else said.reason,
                words=said.text or said.words,
                evidence="\n".join(said.evidence) or None,
                token=self._token,
                batch_id=self._occasion.batch_id,
                version_after=deed.item["row_version"] + 1,
                change_number=self._occasion.change.change,
            )
            .returning(item_acts.c.id)
        ).scalar_one()
        return int(key)
