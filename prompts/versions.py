"""Versions that are made of content, so that nobody has to remember to raise one."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def content_version(schema: int, files: Iterable[Path]) -> str:
    """Of the schema, then of the content: it changes with any word of any file, and with no line ending.

    Args:
        schema: raised by hand when the same content comes to mean something else.
    """
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{schema}.{digest.hexdigest()[:8]}"
