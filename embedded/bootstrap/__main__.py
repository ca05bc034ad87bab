"""`python3 -m embedded.bootstrap`: what `make` runs first.

Kept to what an old Python can read, so that it can say that it is too old.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs it may have an older one
    sys.exit(
        "Python 3.11 or newer is needed, and this is "
        + sys.version.split()[0]
        + ": install one, or name it: `make run PYTHON=python3.12`."
    )

from embedded.bootstrap.setup import main

sys.exit(main())
