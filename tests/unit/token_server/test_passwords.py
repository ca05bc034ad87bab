"""Which passwords are refused, and why."""

import pytest

from token_server.auth.passwords import MIN_CHARS, TOO_COMMON, TOO_LONG, TOO_SHORT, common_passwords, refuse_weak
from token_server.errors import ProblemError

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("seven77", TOO_SHORT),
        ("password", TOO_COMMON),
        ("PassWord", TOO_COMMON),
        (" iloveyou ", TOO_COMMON),
        ("qwertyuiop", TOO_COMMON),
        ("x" * 73, TOO_LONG),
        ("ü" * 37, TOO_LONG),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, reason: str):
    with pytest.raises(ProblemError) as refused:
        refuse_weak(password)
    assert (refused.value.code, refused.value.detail) == ("weak_password", reason)


@pytest.mark.parametrize("password", ["correct horse battery", "x" * 72, "ü" * 36, "🦉🦉🦉🦉🦉🦉🦉🦉"])
def test_others_are_taken(password: str):
    refuse_weak(password)


def test_the_list_holds_ten_thousand_that_only_it_can_refuse():
    listed = common_passwords()
    assert len(listed) == 10_000
    assert all(len(password) >= MIN_CHARS and password == password.lower() for password in listed)
