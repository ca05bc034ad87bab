"""What a person set: in the environment, or in the file `.env` of the checkout."""

import os

from dotenv import dotenv_values

from embedded.bootstrap.places import REPOSITORY


def given_environment(*, read_file: bool) -> dict[str, str]:
    """The environment wins over the file."""
    file = dotenv_values(REPOSITORY / ".env") if read_file else {}
    return {name: value for name, value in file.items() if value} | dict(os.environ)
