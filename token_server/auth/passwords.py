"""Which passwords are refused, wherever somebody chooses one.

`common_passwords.txt.gz` holds the 10,000 most used passwords that are long enough to be asked about: those of the
`passwords` list of zxcvbn 4.5.0 (MIT), by their frequency there, in lower case.
"""

import gzip
from functools import cache
from pathlib import Path

from token_server.errors import ProblemError

MIN_CHARS = 8
MAX_BYTES = 72
"""bcrypt reads no more, and Supabase Auth refuses what is longer."""
TOO_SHORT = f"A password has at least {MIN_CHARS} characters."
TOO_LONG = f"A password has at most {MAX_BYTES} characters; letters beyond a to z may count as several."
TOO_COMMON = "This is one of the 10,000 passwords that are used most, so it is tried first. Choose another one."
LIST_FILE = Path(__file__).with_name("common_passwords.txt.gz")


def refuse_weak(password: str) -> None:
    """
    Raises:
        ProblemError: weak_password, with the reason.
    """
    if len(password) < MIN_CHARS:
        raise ProblemError("weak_password", TOO_SHORT)
    if len(password.encode()) > MAX_BYTES:
        raise ProblemError("weak_password", TOO_LONG)
    if password.strip().lower() in common_passwords():
        raise ProblemError("weak_password", TOO_COMMON)


@cache
def common_passwords() -> frozenset[str]:
    return frozenset(gzip.decompress(LIST_FILE.read_bytes()).decode().splitlines())
