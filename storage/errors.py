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


class StaleRevisionError(ConflictError):
    """The draft has changed since the revision that a change was made from. Its code is `stale_revision`."""

    def __init__(self, revision: int) -> None:
        super().__init__("stale_revision", f"it has revision {revision} now")
        self.revision = revision
        """The newer one."""


class InvalidCursorError(ConflictError):
    """A list cursor that we didn't make, or made for another order. Its code is `validation_failed`."""

    def __init__(self) -> None:
        super().__init__("validation_failed", "cursor is not one of this list's")


class AuthError(Exception):
    """Base of what signing up and in can refuse. `code` is the API's problem code."""

    code = "unauthenticated"


class InvalidCredentialsError(AuthError):
    """Unknown address or wrong password: the two are not told apart."""

    code = "invalid_credentials"


class EmailTakenError(AuthError):
    code = "email_taken"


class WeakPasswordError(AuthError):
    code = "weak_password"


class EmailNotConfirmedError(AuthError):
    code = "email_not_confirmed"


class RateLimitedError(AuthError):
    code = "rate_limited"


class UnauthenticatedError(AuthError):
    """An access or refresh token that is expired, forged, revoked or signed out."""

    code = "unauthenticated"


class InvalidEmailError(AuthError):
    """Not an address that the auth service accepts. The field is `email`."""

    code = "validation_failed"
