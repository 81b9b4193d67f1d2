"""The shipped registers are whole: every place has a name, and names lead back to their place."""

from __future__ import annotations

from data_access.registers import shipped_registers


def test_every_village_and_community_has_a_name():
    villages = {village.code: village.name for village in shipped_registers().villages}
    assert all(name.strip() for name in villages.values())
    assert villages["441621103001"] == "九和"


def test_every_village_lies_in_a_township_of_the_register():
    registers = shipped_registers()
    townships = {township.code for township in registers.townships}
    assert {village.township_code for village in registers.villages} <= townships
