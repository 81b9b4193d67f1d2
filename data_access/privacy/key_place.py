"""Where the keys lie, and how a key file is made, replaced and kept from others' eyes."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from data_access.privacy.keys import KeyRefused, Keyring, keys_in, missing_keys, new_key
from data_access.schema.accounts import personal_data


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Keys told by the environment, or a file of them; asked again at each use."""

    told: str | None = field(default=None, repr=False)
    file: Path | None = None
    may_make: bool = False
    """The file may be made when nothing is sealed yet: this machine's own embedded store."""

    def keys(self) -> list[str]:
        """The keys as they are now, the newest first; KeyRefused without any."""
        if self.told:
            return keys_in(self.told)
        if self.file is None:
            raise KeyRefused(
                "没有个人信息的加密密钥：请设置 DUBAN_KEY 或 DUBAN_KEY_FILE（duban key new 生成）。"
            )
        try:
            with self.file.open(encoding="ascii") as file:
                mode = os.fstat(file.fileno()).st_mode
                text = file.read()
        except FileNotFoundError:
            raise KeyRefused(f"没有找到密钥文件 {self.file}。") from None
        except (OSError, ValueError):
            raise KeyRefused(f"密钥文件 {self.file} 读不出来，请检查权限和内容。") from None
        if mode & stat.S_IRWXO:
            raise KeyRefused(f"密钥文件 {self.file} 任何人都能读，请先执行 chmod 600。")
        return keys_in(text)

    def keyring(self) -> Keyring:
        """The keys ready to seal and open."""
        return Keyring(self.keys())

    def replace(self, keys: list[str]) -> None:
        """Write the key file anew, whole or not at all."""
        assert self.file is not None
        beside = self.file.with_name(self.file.name + ".new")
        beside.unlink(missing_ok=True)
        write_private(beside, keys)
        beside.replace(self.file)
        _settle(self.file.parent)


def write_private(path: Path, keys: list[str]) -> None:
    """A new file that only this user reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """The folder on the disk too: no row may be sealed with a key that a power cut takes."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def ready_keys(connection: Connection, place: KeyPlace) -> bool:
    """Make the key file where that is allowed, and see that every sealed row can be opened.

    Returns whether a file was made; KeyRefused says what is missing.
    """
    used = set(
        connection.execute(
            select(personal_data.c.key_id).where(personal_data.c.sealed.is_not(None)).distinct()
        ).scalars()
    )
    made = False
    if place.may_make and not place.told and place.file and not place.file.exists():
        if used:
            raise KeyRefused(
                f"密钥文件 {place.file} 不见了，库中有用它加密的个人信息；请从备份中找回这个文件。"
            )
        # Another process of this machine may be starting too: its file is as good.
        with contextlib.suppress(FileExistsError):
            write_private(place.file, [new_key()])
            made = True
    if missing := missing_keys(place.keyring(), used):
        raise KeyRefused(
            f"库中有个人信息是用别的密钥加密的（密钥编号 {'、'.join(missing)}），"
            "请把那些密钥也写进 DUBAN_KEY 或密钥文件，新密钥在前。"
        )
    return made


def ready_keyring(connection: Connection, place: KeyPlace) -> Keyring:
    """The keys, after `ready_keys` has seen to them."""
    ready_keys(connection, place)
    return place.keyring()
