"""Licences that what we ship may have, and judgements where metadata doesn't say it in SPDX's words."""

from dataclasses import dataclass

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BlueOak-1.0.0",
        "CC0-1.0",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "OFL-1.1",
        "PSF-2.0",
        "Unlicense",
        "Zlib",
        # Copyleft by file: its own files stay open, ours are ours.
        "MPL-2.0",
        # Only together with LiveKit Agents, as here: docs/dependencies.md.
        "LicenseRef-LiveKit-Model",
        # Supervisor's: BSD-3-Clause, and who changes a file says so in it.
        "LicenseRef-Repoze",
    }
)

AS_SPDX = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "isc license": "ISC",
    "mit license": "MIT",
    "the mit license (mit)": "MIT",
}
"""What authors write instead."""


@dataclass(frozen=True, slots=True)
class Judged:
    licence: str
    why: str


JUDGED: dict[str, Judged] = {
    "colorama": Judged("BSD-3-Clause", "its classifier says BSD, its LICENSE.txt has three clauses; on Windows only"),
    "nest-asyncio": Judged("BSD-2-Clause", "its metadata says BSD, its LICENSE has two clauses"),
    "scipy": Judged("BSD-3-Clause", "its metadata holds the text of the licence"),
    "supervisor": Judged("LicenseRef-Repoze", "three clauses as in BSD-3-Clause, and who changes a file says so in it"),
}

GPL_LIBRARIES = ("libx264", "libx265", "libxvidcore", "libpostproc", "libfdk-aac", "librubberband", "libvidstab")
"""Beginnings of names of native libraries under the GPL, or not to be passed on at all, that wheels may carry."""

JUDGED_LIBRARIES: dict[str, str] = {
    "av": "its wheel carries FFmpeg with x264 and x265 (GPL-2.0-or-later). pip fetches it from its publisher onto the "
    "machine that runs it; we pass no copy on and encode no video. Whoever hands on an image with it inside must keep "
    "to the GPL for it, or build PyAV against an FFmpeg without them",
}
"""Packages whose wheels carry such a library, and why we still use them."""
