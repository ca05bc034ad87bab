"""What the recogniser is told about the speech that comes next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hint:
    prompt: str = ""
    """From `WhisperModel.vocabulary_prompt`."""
    choices: tuple[str, ...] = ()
    """What a short answer is, most probably: where the words that were found are none of these, and one of them fits
    the sound nearly as well, that one is taken."""
