import socket

import pytest

from tests.support.loopback_only import BlockedNetworkError, is_local

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", b"localhost", None, "::"])
def test_this_machine_is_local(host: object):
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "example.invalid"])
def test_another_machine_is_not(host: object):
    assert not is_local(host)


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as sock, pytest.raises(BlockedNetworkError):
        sock.connect(("192.0.2.1", 80))


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(BlockedNetworkError):
        sock.sendto(b"x", ("192.0.2.1", 53))


def test_a_foreign_name_is_not_even_looked_up():
    with pytest.raises(BlockedNetworkError):
        socket.getaddrinfo("example.invalid", 80)


def test_a_connection_to_loopback_works():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
