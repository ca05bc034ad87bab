"""PDF files, by pypdf. Only ever in the process of extraction.py."""

import io

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from token_server.documents.limits import MOST_PAGES, MOST_RAW_CHARACTERS
from token_server.documents.problems import DocumentError

_OF_BROKEN_FILES = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(OSError, RuntimeError, TypeError, ValueError),
)
"""pypdf mends what it can; what broken files make of the rest are errors of the most ordinary kinds."""


def pdf_text(data: bytes) -> tuple[str, int]:
    """The text, and how many pages it has.

    Raises:
        DocumentError: encrypted_document, document_too_long, unreadable_document
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        # Many are encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise DocumentError("encrypted_document")
        return _text_of(reader)
    except DependencyError:
        raise DocumentError("encrypted_document") from None
    except _OF_BROKEN_FILES:
        raise DocumentError("unreadable_document") from None


def _text_of(reader: PdfReader) -> tuple[str, int]:
    # What the file says of itself; the pages are counted all the same.
    root = reader.root_object["/Pages"].get_object()
    announced = root.get("/Count") if isinstance(root, DictionaryObject) else None
    if isinstance(announced, int) and announced > MOST_PAGES:
        raise DocumentError("document_too_long")
    pages: list[str] = []
    characters = 0
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES:
            raise DocumentError("document_too_long")
        pages.append(page.extract_text())
        characters += len(pages[-1])
        if characters > MOST_RAW_CHARACTERS:
            raise DocumentError("document_too_long")
    return "\n\n".join(pages), len(pages)
