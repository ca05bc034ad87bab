"""Word files: the paragraphs of a zip's `word/document.xml`. Only ever in the process of extraction.py."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from token_server.documents.limits import MOST_RAW_CHARACTERS, MOST_UNPACKED_BYTES
from token_server.documents.problems import DocumentError

_PART = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_OF = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
_ENDS_LINE = (f"{_WORD}p",)


def docx_text(data: bytes) -> str:
    """
    Raises:
        DocumentError: unknown_document_type (a zip of another kind), document_too_long, unreadable_document
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PART) as part:
            xml = part.read(MOST_UNPACKED_BYTES + 1)
    except KeyError:
        raise DocumentError("unknown_document_type") from None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
        raise DocumentError("unreadable_document") from None
    if len(xml) > MOST_UNPACKED_BYTES:
        raise DocumentError("document_too_long")
    # Word writes no document type; with one, entities could make much of little.
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise DocumentError("unreadable_document")
    return _paragraphs(xml)


def _paragraphs(xml: bytes) -> str:
    text: list[str] = []
    characters = 0
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(xml)):  # noqa: S314  # no entities, and limits around it
            tag = element.tag
            words = (element.text or "") if tag == f"{_WORD}t" else _TEXT_OF.get(tag, "")
            words += "\n" if tag in _ENDS_LINE else ""
            text.append(words)
            characters += len(words)
            if characters > MOST_RAW_CHARACTERS:
                raise DocumentError("document_too_long")
            element.clear()
    except ElementTree.ParseError:
        raise DocumentError("unreadable_document") from None
    return "".join(text)
