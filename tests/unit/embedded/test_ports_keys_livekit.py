"""Ports, keys, and livekit-server's configuration of one start."""

import socket
from pathlib import Path

import pytest

from embedded.keys import LIVEKIT_API_KEY, load_or_make_keys
from embedded.livekit_config import livekit_config
from embedded.ports import PortTakenError, check_free, choose_ports
from embedded.settings import load_settings

pytestmark = pytest.mark.unit


def test_a_taken_port_is_refused_with_a_way_out() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        with pytest.raises(PortTakenError, match=rf"Port {port} is taken .* `PORT={port + 10} make run`"):
            check_free("PORT", "127.0.0.1", port)


def test_chosen_ports_are_different_and_free() -> None:
    ports = choose_ports(5)

    assert len(set(ports)) == 5
    for port in ports:
        check_free("PORT", "127.0.0.1", port)


def test_keys_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"

    keys = load_or_make_keys(file)

    assert load_or_make_keys(file) == keys
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.livekit_api_secret not in repr(keys)


def test_keys_of_an_older_version_are_kept_and_completed(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    file.write_text('{"livekit_api_secret": "an-older-secret-of-32-characters-"}')

    keys = load_or_make_keys(file)

    assert keys.livekit_api_secret == "an-older-secret-of-32-characters-"
    assert load_or_make_keys(file) == keys


def config(**environment: str) -> dict[str, object]:
    return livekit_config(load_settings(environment), port=20003, udp_port=20004, webhook_url="http://127.0.0.1:1/hook")


def test_livekit_listens_on_loopback_only_media_too() -> None:
    found = config()
    rtc = found["rtc"]

    assert isinstance(rtc, dict)
    assert found["bind_addresses"] == ["127.0.0.1"]
    assert rtc["interfaces"] == {"includes": ["lo", "lo0"]}
    assert rtc["tcp_port"] == 0
    assert found["room"] == {
        "auto_create": False,
        "max_participants": 4,
        "empty_timeout": 600,
        "departure_timeout": 60,
    }
    assert found["webhook"] == {"api_key": LIVEKIT_API_KEY, "urls": ["http://127.0.0.1:1/hook"]}


def test_a_node_address_opens_media_on_that_address_only() -> None:
    rtc = config(LIVEKIT_NODE_IP="127.0.0.1")["rtc"]

    assert isinstance(rtc, dict)
    assert rtc["ips"] == {"includes": ["127.0.0.1/32"]}
    assert "interfaces" not in rtc
