"""Text and Markdown files."""

from token_server.documents.limits import MOST_RAW_CHARACTERS
from token_server.documents.problems import DocumentError

_BYTES_PER_CHARACTER = 4
_MOST_CONTROLS_SHARE = 0.01
_OTHER_FORMATS = (b"{\\rtf", b"<!doctype html", b"<html", b"%!ps")
"""Texts to a computer, not to a person."""
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def plain_text(data: bytes) -> str:
    """
    Raises:
        DocumentError: unknown_document_type, document_too_long
    """
    if data.lstrip()[:16].lower().startswith(_OTHER_FORMATS):
        raise DocumentError("unknown_document_type")
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if encoding is None and _is_binary(data):
        raise DocumentError("unknown_document_type")
    if len(data) > _BYTES_PER_CHARACTER * MOST_RAW_CHARACTERS:
        raise DocumentError("document_too_long")
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding is not None:
            raise DocumentError("unknown_document_type") from None
        # What older editors write. It leaves five bytes open.
        return data.decode("cp1252", errors="replace")


def _is_binary(data: bytes) -> bool:
    """Texts have hardly any control characters, and no NUL but a stray one."""
    beginning = data[:65_536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c" for byte in beginning)
    return controls > max(2, _MOST_CONTROLS_SHARE * len(beginning))
