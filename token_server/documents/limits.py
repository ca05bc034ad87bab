"""How much of a document is read. docs/api.md names these."""

from storage.models.document import MOST_DOCUMENT_CHARACTERS

MOST_CHARACTERS = MOST_DOCUMENT_CHARACTERS
MOST_RAW_CHARACTERS = 3 * MOST_CHARACTERS
"""Before cleaning: layouts come with many spaces."""
MOST_PAGES = 30
FEWEST_LETTERS = 20
"""Of a document that has a text at all: scans have a page number, or a stamp."""
MOST_UNPACKED_BYTES = 16 * 1024 * 1024
"""Of one part of a Word file."""

CPU_SEC = 10
MEMORY_BYTES = 640 * 1024 * 1024
"""Of address space. Python with pypdf takes 150 MB of it, and an honest PDF of 5 MB another 100."""
WALL_SEC = 30.0
"""On a machine that is busy with other things, too."""
AT_ONCE = 2
"""Documents that are read at the same time, of everybody together."""
MOST_WAITING = 8
MOST_ANSWER_BYTES = 8 * MOST_RAW_CHARACTERS
"""Of what the reading process may say."""
