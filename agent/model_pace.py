"""Whether a model is worth waiting for: on a machine that is too slow for it, every wait would end with other words."""

_FIRST_REST = 2


class ModelPace:
    """One that misses its deadline rests: the next two times nobody waits for it, after another miss four times, and so
    on. Who keeps a deadline starts anew. So a hiccup costs little, and a model that is always late costs a wait at the
    first, fourth, ninth and eighteenth follow-up of an interview.
    """

    def __init__(self) -> None:
        self._left = 0
        self._next_rest = _FIRST_REST

    @property
    def is_resting(self) -> bool:
        return self._left > 0

    def rests_now(self) -> bool:
        """Asked once each time that the model could be waited for; counts as one of its rests."""
        if self._left == 0:
            return False
        self._left -= 1
        return True

    def missed(self) -> None:
        self._left = self._next_rest
        self._next_rest *= 2

    def kept(self) -> None:
        self._next_rest = _FIRST_REST
