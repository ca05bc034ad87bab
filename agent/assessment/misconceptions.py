"""Whether a known misconception was said instead of the point that it contradicts.

Sentence embeddings see what something is about, and hardly what is said of it: "if Redis is down, the application goes
on" lies as close to "the whole application has to stop answering" as to the point. So nobody is told that they said
something wrong unless a phrase has words of it, too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.assessment.answers import Answer
from agent.assessment.embedding import MiniLm
from agent.assessment.judge import Quoted
from agent.assessment.passages import Passage
from agent.assessment.polarity import says_the_opposite
from agent.assessment.words import content_stems
from storage.models.interview import ExpectedPoint, Misconception

_FROM = 0.64
_SHARE_OF_WORDS = 0.34
"""Of the misconception's meaningful words, and of those that the point doesn't have, in the phrase that is so close to
it. On the development set that accuses none of 198 points that were said, where the cosine accused 11, and 32 of 2404
that were said in a paraphrase which the point didn't know, instead of 235; of 35 points that were turned round it finds
5 instead of 13. The others stay unclear."""
_SHARE_WHERE_UNHEARD = 0.6
"""The same where the point itself wasn't heard, and nothing but the misconception speaks for its being about it: of 4
phrases that `_SHARE_OF_WORDS` finds there on the development set 2 say the misconception, and these are left."""
_LEAD_WEIGHT = 0.75
"""From a cosine, and three quarters of its lead over the best wording of the point, that come to `_FROM`, it is unclear
which of the two was meant."""


@dataclass(frozen=True)
class Heard:
    """A misconception, and where it was said; None where only the meaning is near."""

    misconception: Misconception
    quoted: Quoted | None


class Misconceptions:
    """Those of one question, in one answer.

    Args:
        phrases: sentences, or clauses of long ones.
        closeness: the best cosine of the answer with any of these texts.
    """

    def __init__(
        self,
        answer: Answer,
        embedder: MiniLm,
        phrases: Sequence[Passage],
        *,
        closeness: Callable[[Sequence[str]], float],
    ) -> None:
        self._known = answer.key.misconceptions
        self._question_stems = content_stems(answer.question.text)
        self._turns = answer.turns
        self._phrases = phrases
        self._stems = [content_stems(phrase.quoted.said) for phrase in phrases]
        self._embedder = embedder
        self._closeness = closeness

    def heard_against(self, point: ExpectedPoint) -> Heard | None:
        """One that was said in its words, else one that may have been meant."""
        if (said := self.said_against(point, share=_SHARE_OF_WORDS)) is not None:
            return said
        meant = (wrong for wrong in self._against(point) if self._may_be_meant(wrong, point))
        return next((Heard(wrong, None) for wrong in meant if self._denies_nothing(wrong)), None)

    def said_against(self, point: ExpectedPoint, *, share: float = _SHARE_WHERE_UNHEARD) -> Heard | None:
        """One that was said in its words, so many of them; by default as of a point that wasn't heard."""
        for wrong in self._against(point):
            quoted = self._said(wrong, point, share)
            if quoted is not None and self._denies_nothing(wrong):
                return Heard(wrong, quoted)
        return None

    def _against(self, point: ExpectedPoint) -> list[Misconception]:
        return [wrong for wrong in self._known if wrong.contradicts == point.point_id]

    def _denies_nothing(self, wrong: Misconception) -> bool:
        """Who says that it never notices by itself has said the words of "it notices by itself", too."""
        as_point = ExpectedPoint(point_id="misconception", claim=wrong.claim)
        return not says_the_opposite(as_point, self._turns, frozenset())

    def _said(self, wrong: Misconception, point: ExpectedPoint, share: float) -> Quoted | None:
        words = content_stems(wrong.claim)
        own_words = words - content_stems(" ".join((point.claim, *point.paraphrases))) - self._question_stems
        vector = self._embedder.embed([wrong.claim])[0]
        found = [
            (float(phrase.vector @ vector), phrase.quoted)
            for phrase, said in zip(self._phrases, self._stems, strict=True)
            if _has(said, words, share) and _has(said, own_words, share)
        ]
        cosine, quoted = max(found, key=lambda one: one[0], default=(0.0, None))
        return quoted if cosine >= _FROM else None

    def _may_be_meant(self, wrong: Misconception, point: ExpectedPoint) -> bool:
        cosine = self._closeness([wrong.claim])
        return cosine + _LEAD_WEIGHT * (cosine - self._closeness([point.claim, *point.paraphrases])) >= _FROM


def _has(said: frozenset[str], words: frozenset[str], share: float) -> bool:
    return bool(words) and len(words & said) >= share * len(words)
