"""What is counted as one network address."""

import pytest

from token_server.auth.rate_limit import site_of

pytestmark = pytest.mark.unit


def test_whoever_has_a_whole_ipv6_network_is_counted_once():
    assert site_of("2001:db8:1:2::1") == site_of("2001:db8:1:2:ffff:1:2:3") == site_of("2001:db8:1:2::9%eth0")
    assert site_of("2001:db8:1:2::1") != site_of("2001:db8:1:3::1")


def test_an_ipv4_address_is_the_same_in_either_notation():
    assert site_of("192.0.2.7") == site_of("::ffff:192.0.2.7")
    assert site_of("192.0.2.7") != site_of("192.0.2.8")


@pytest.mark.parametrize("address", ["unknown", "", "999.1.1.1"])
def test_what_is_no_address_is_counted_as_it_is(address: str):
    assert site_of(address) == address
