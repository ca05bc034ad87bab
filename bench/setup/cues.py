"""What the candidate of a script says next."""

from agent.setup.found import Asked
from agent.setup.wording import listed
from bench.setup.sets import YES, Script
from prompts.lines import spoken_count
from storage.models.setup import NEEDED_FIELDS

_MOST_REPEATS = 2
JUST_THAT = "No, just that."
"""To whether there are other technologies than the one that the role's name has in it."""


class Cues:
    def __init__(self, script: Script) -> None:
        self._script = script
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

    def reply(self, asked: Asked) -> str | None:
        """As `next`. Who is asked the same once more says the same again, and who is asked for something that was said
        before, among other things, says that alone.
        """
        if (words := self.next(asked)) is not None:
            return words
        if self._last is not None and self._last[0] == asked:
            return self.again()
        words = plainly(self._script, asked)
        if words is not None:
            self._last = (asked, words)
            self._repeats = 0
        return words

    def _next(self, asked: Asked) -> str | None:
        if self._opening:
            return self._opening.pop(0)
        if left := self._answers.get(asked):
            return left.pop(0)
        if asked == "technologies" and "technologies" not in self._script.at and self._is_one_in_the_role:
            return JUST_THAT
        return YES if asked == "confirm" else None

    @property
    def _is_one_in_the_role(self) -> bool:
        want = self._script.draft
        role = (want.role or "").casefold()
        return any(name.casefold() in role for name in want.technologies or [])


def plainly(script: Script, asked: Asked) -> str | None:
    """What is wanted for a field, in a word."""
    want = script.draft
    match asked:
        case "role" if want.role:
            return f"{want.role[0].upper()}{want.role[1:]}."
        case "interview_type" if want.interview_type:
            return f"{want.interview_type.capitalize()}."
        case "level" if want.level:
            return "Mid-level." if want.level == "mid" else f"{want.level.capitalize()}."
        case "question_count" if want.question_count:
            return f"{spoken_count(want.question_count, 'question').capitalize()}."
        case "technologies" if want.technologies is not None:
            return f"{listed(want.technologies)}." if want.technologies else "None in particular."
        case _:
            return None


def all_words(script: Script) -> tuple[str, ...]:
    """Everything that may be said."""
    answers = [words for answers in script.at.values() for words in answers]
    alone = [words for name in NEEDED_FIELDS if name not in script.at and (words := plainly(script, name))]
    return tuple(dict.fromkeys((*script.says, *answers, *alone, JUST_THAT, YES)))
