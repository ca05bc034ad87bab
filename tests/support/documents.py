"""Files as people upload them, and as they should better not."""

import io
import zipfile

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

LINE = "Senior backend engineer, Kafka and Go, 5+ years of experience"
_FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page_of(line: str) -> bytes:
    """A page's content stream that writes this line."""
    return b"BT /F1 12 Tf 72 700 Td (" + line.encode("latin-1") + b") Tj ET"


def pdf(content: bytes = page_of(LINE), *, pages: int = 1, password: str | None = None) -> bytes:
    """
    Args:
        content: of each page, compressed.
        password: that is needed to open it; empty: anybody can.
    """
    writer = PdfWriter()
    stream = DecodedStreamObject()
    stream.set_data(content)
    packed = writer._add_object(stream.flate_encode())  # pyright: ignore[reportPrivateUsage]
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Contents")] = packed
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): _FONT})}
        )
    if password is not None:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word(*paragraphs: str, head: str = "", part: str = "word/document.xml") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, xml)
    return file.getvalue()
