"""Which part of a file a request asks for (RFC 9110, section 14). One part per request, as media players ask."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class UnsatisfiableRangeError(Exception):
    """Nothing of the file lies in what was asked for."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    first: int
    size_bytes: int

    def content_range(self, total_bytes: int) -> str:
        return f"bytes {self.first}-{self.first + self.size_bytes - 1}/{total_bytes}"


def asked_for(header: str | None, total_bytes: int) -> ByteRange | None:
    """None for the whole file: no range, several, or none that we understand, which a server may ignore.

    Raises:
        UnsatisfiableRangeError
    """
    match = _ONE_RANGE.fullmatch(header.replace(" ", "")) if header is not None else None
    if match is None:
        return None
    first, last = match.groups()
    if first:
        begin, end = int(first), min(int(last) if last else total_bytes - 1, total_bytes - 1)
        if last and int(last) < begin:
            return None
    elif last:
        begin, end = max(0, total_bytes - int(last)), total_bytes - 1
    else:
        return None
    if begin > end:
        raise UnsatisfiableRangeError
    return ByteRange(begin, end - begin + 1)
