"""Whether a model is worth waiting for: on a machine that is too slow for it, every wait would end with other words."""

_FIRST_REST = 2
_TOKENS_TO_MEASURE = 40
"""Fewer say little: a request costs some time of its own."""
_CHARACTERS_OF_A_TOKEN = 3.8
"""Of our prompts, by Qwen2.5's tokenizer."""
_WRITES_A_FOLLOW_UP = 14
"""Tokens, at the median of what is asked for."""
_READ_WHILE_ONE_IS_WRITTEN = 2.8
"""Tokens: 37 ms against 13 (Qwen2.5 1.5B, 4 bits, two cores)."""


class ModelPace:
    """One that misses its deadline rests: the next two times nobody waits for it, after another miss four times, and so
    on. Who keeps a deadline starts anew. So a hiccup costs little, and a model that is always late costs few waits: at
    the first, fourth, ninth and eighteenth follow-up of an interview, or none where it was seen to read too slowly.
    """

    def __init__(self) -> None:
        self._left = 0
        self._next_rest = _FIRST_REST
        self._sec_of_a_token: float | None = None

    @property
    def is_resting(self) -> bool:
        return self._left > 0

    def rests_now(self) -> bool:
        """Asked once each time that the model could be waited for; counts as one of its rests."""
        if self._left == 0:
            return False
        self._left -= 1
        return True

    def has_read(self, tokens: int, *, in_sec: float) -> None:
        """Tokens of a prompt that it hadn't read before."""
        if tokens >= _TOKENS_TO_MEASURE:
            self._sec_of_a_token = in_sec / tokens

    def would_miss(self, characters: int, *, deadline_sec: float) -> bool:
        """Whether it can't read so much of a prompt and write a follow-up in time. Not where it wasn't seen to read."""
        if self._sec_of_a_token is None:
            return False
        tokens = characters / _CHARACTERS_OF_A_TOKEN + _WRITES_A_FOLLOW_UP * _READ_WHILE_ONE_IS_WRITTEN
        return tokens * self._sec_of_a_token > deadline_sec

    def missed(self) -> None:
        self._left = self._next_rest
        self._next_rest *= 2

    def kept(self) -> None:
        self._next_rest = _FIRST_REST
