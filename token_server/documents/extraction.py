"""The process that reads one PDF or Word file: `python -m token_server.documents.extraction`, bytes in, JSON out.

A hostile file costs this process its life and nobody anything: it has limits on time, memory and files, an empty
environment, and is given nothing but the bytes.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import TypedDict

from token_server.documents.limits import CPU_SEC, MEMORY_BYTES
from token_server.documents.problems import DocumentError, DocumentProblem

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
_PDF_BEGINS_WITHIN = 1024
"""Bytes, as readers allow: mailers and scanners put something before it."""


class Extracted(TypedDict, total=False):
    """Either `problem`, or the others."""

    problem: DocumentProblem
    text: str
    pages: int | None


def is_pdf(data: bytes) -> bool:
    return PDF in data[:_PDF_BEGINS_WITHIN]


def is_zip(data: bytes) -> bool:
    return data.startswith(ZIP)


def extract(data: bytes) -> Extracted:
    """Imports each reader only where it is needed: they take time."""
    try:
        if is_pdf(data):
            from token_server.documents.pdf import pdf_text

            text, pages = pdf_text(data)
            return {"text": text, "pages": pages}
        from token_server.documents.docx import docx_text

        return {"text": docx_text(data), "pages": None}
    except DocumentError as error:
        return {"problem": error.code}
    except MemoryError:
        return {"problem": "unreadable_document"}


def limit_process() -> None:
    limits = (
        (resource.RLIMIT_CPU, CPU_SEC),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        with suppress(ValueError, OSError):  # a system that doesn't know this one, or is stricter already
            resource.setrlimit(what, (most, most))


def main() -> None:
    limit_process()
    sys.stdout.write(json.dumps(extract(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
