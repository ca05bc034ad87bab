"""Why a document can't be read: each is a problem code of the API."""

from typing import Literal, get_args

DocumentProblem = Literal[
    "unknown_document_type",
    "encrypted_document",
    "document_without_text",
    "document_too_long",
    "unreadable_document",
]
DOCUMENT_PROBLEMS: tuple[str, ...] = get_args(DocumentProblem)


class DocumentError(Exception):
    def __init__(self, code: DocumentProblem) -> None:
        super().__init__(code)
        self.code: DocumentProblem = code
