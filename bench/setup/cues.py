"""What the candidate of a script says next."""

from agent.setup.found import Asked
from bench.setup.sets import YES, Script

_MOST_REPEATS = 2


class Cues:
    def __init__(self, script: Script) -> None:
        self._opening = list(script.says)
        self._answers = {asked: list(answers) for asked, answers in script.at.items()}
        self._last: tuple[Asked, str] | None = None
        self._repeats = 0

    def next(self, asked: Asked) -> str | None:
        """The words to what was asked; None where the script has none left."""
        words = self._next(asked)
        if words is not None:
            self._last = (asked, words)
            self._repeats = 0
        return words

    def again(self) -> str | None:
        """The same once more: the assistant hasn't understood. Nobody says it for ever."""
        if self._last is None or self._repeats >= _MOST_REPEATS:
            return None
        self._repeats += 1
        return self._last[1]

    def next_or_again(self, asked: Asked) -> str | None:
        """As `next`; who is asked the same once more and has nothing new to say says it again."""
        words = self.next(asked)
        if words is None and self._last is not None and self._last[0] == asked:
            return self.again()
        return words

    def _next(self, asked: Asked) -> str | None:
        if self._opening:
            return self._opening.pop(0)
        if left := self._answers.get(asked):
            return left.pop(0)
        return YES if asked == "confirm" else None


def all_words(script: Script) -> tuple[str, ...]:
    """Everything that may be said."""
    return tuple(dict.fromkeys((*script.says, *(words for answers in script.at.values() for words in answers), YES)))
