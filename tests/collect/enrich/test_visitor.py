"""The daily name of a visitor, and its key, shared between processes and thrown away."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from masarat.collect.enrich.visitor import Salt, daily_id, shortened
from masarat.journal import Unavailable

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("188.49.12.34", "188.49.12.0"),
        ("::ffff:188.49.12.34", "188.49.12.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("unix:", ""),
        ("999.1.1.1", ""),
    ],
)
def test_an_address_is_shortened(address, network):
    assert shortened(address) == network


def test_the_name_depends_on_key_source_network_and_agent():
    names = {
        daily_id(key, source, network, agent)
        for key in (b"1" * 32, b"2" * 32)
        for source in ("web", "app")
        for network in ("1.2.3.0", "1.2.4.0")
        for agent in ("x", "y")
    }
    assert len(names) == 16
    assert all(name.startswith("daily:") and len(name) == 30 for name in names)
    assert daily_id(b"k", "ab", "c", "d") != daily_id(b"k", "a", "bc", "d")


def test_doors_that_start_together_share_the_key_of_the_day(tmp_path):
    together = Barrier(8)

    def door(_):
        salt = Salt(tmp_path)  # what a process has of its own
        together.wait()
        return salt.of(MONDAY)

    with ThreadPoolExecutor(8) as doors:
        assert set(doors.map(door, range(8))) == {Salt(tmp_path).of(MONDAY)}
    assert [path.name for path in tmp_path.iterdir()] == ["salt-2026-03-02"]


def test_a_key_is_random_private_and_gone_the_next_day(tmp_path):
    salt = Salt(tmp_path / "keys")
    monday = salt.of(MONDAY)
    path = tmp_path / "keys" / "salt-2026-03-02"
    assert (len(monday), stat.S_IMODE(path.stat().st_mode)) == (32, 0o600)
    tuesday = salt.of(TUESDAY)
    assert tuesday != monday
    assert not path.exists()
    assert Salt(tmp_path / "keys").of(TUESDAY) == tuesday  # after a restart
    assert Salt(tmp_path / "others").of(MONDAY) != monday


def test_without_a_place_for_the_key_the_door_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="key of the day"):
        Salt(tmp_path / "file").of(MONDAY)
