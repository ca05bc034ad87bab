"""Common base of the models."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Immutable, and strict about names: an unknown field is an error, not a silent loss."""

    # Errors are logged, and what people said must not be.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
