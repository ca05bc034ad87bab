"""What a store refuses. Translated to HTTP in one place, token_server/errors.py."""


class StoreError(Exception):
    """Base of all."""


class StoreUnavailableError(StoreError):
    """The store can't be reached or answered with a server error. Trying again may help."""


class NotFoundError(StoreError):
    """No such row, or not this owner's: the two are not told apart."""


class ConflictError(StoreError):
    """A compare-and-set lost, or a rule of the data forbids the change. `code` is the API's problem code."""

    def __init__(self, code: str, detail: str = "", *, ref: str | None = None) -> None:
        super().__init__(detail or code)
        self.code = code
        self.ref = ref
        """Id of the row in the way, where the caller may know it (the open attempt of `attempt_open`)."""
