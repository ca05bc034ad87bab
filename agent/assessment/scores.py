"""From findings to numbers between 0 and 1, one answer at a time. docs/assessment.md tells the candidate the same."""

from agent.assessment.cues import SIGNPOSTS
from agent.assessment.judge import AnswerJudgement, Covered, PointFinding, StoryFinding
from storage.models.interview import Level

WORTH: dict[Covered, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
BONUS_WEIGHT: dict[Level, float] = {"junior": 0.25, "mid": 0.5, "senior": 1.0}
"""A must weighs 1. From a senior the bonus points are expected; to a junior's score they can only add."""
EXPECTED_MOVES: dict[Level, int] = {"junior": 2, "mid": 3, "senior": 4}
STORY_SHARE = 0.75
"""Of a behavioural answer; the rest are the expected points."""
STORY_WEIGHT = {"situation": 1.0, "action": 1.5, "result": 1.25, "number": 0.5, "reflection": 0.75}

DEVELOPED_WORDS = 45
FULL_SIGNPOSTS = 3


def points_score(judgement: AnswerJudgement, level: Level) -> float | None:
    """Weighted share of the expected points that were heard."""
    musts = [finding for finding in judgement.points if finding.point.importance == "must"]
    bonuses = [finding for finding in judgement.points if finding.point.importance == "bonus"]
    if not judgement.points:
        return None
    weight = BONUS_WEIGHT[level] if musts else 1.0
    heard = sum(_credit(f) for f in musts) + weight * sum(_credit(f) for f in bonuses)
    expected = len(musts) + (0 if level == "junior" and musts else weight * len(bonuses))
    return min(1.0, heard / expected)


def _credit(finding: PointFinding | StoryFinding) -> float:
    return WORTH[finding.covered] if finding.credit is None else finding.credit


def story_score(judgement: AnswerJudgement) -> float | None:
    """Weighted share of the parts of the story that were told."""
    if not judgement.story:
        return None
    expected = sum(STORY_WEIGHT[finding.part] for finding in judgement.story)
    return sum(STORY_WEIGHT[finding.part] * _credit(finding) for finding in judgement.story) / expected


def content_score(judgement: AnswerJudgement, level: Level) -> float | None:
    """What an answer contains of what its question asked for. None when it wasn't judged or nothing was expected."""
    if not judgement.judged:
        return None
    points = points_score(judgement, level)
    story = story_score(judgement)
    if story is None or points is None:
        return points if story is None else story
    return STORY_SHARE * story + (1 - STORY_SHARE) * points


def problem_solving_score(judgement: AnswerJudgement, level: Level) -> float:
    """Half for getting at what was asked, half for showing how: moves such as reasons, checks and trade-offs."""
    moves = min(1.0, len(judgement.moves) / EXPECTED_MOVES[level])
    return 0.5 * (content_score(judgement, level) or 0.0) + 0.5 * moves


def directness(judgement: AnswerJudgement) -> float:
    """How close the first fifty words come to what was asked."""
    return _ramp(judgement.relevance, 0.2, 0.6)


def structure(judgement: AnswerJudgement) -> float:
    """Kinds of signposts that guide a listener: order, reason, contrast, example, summary. Padding can't show one."""
    texts = [judgement.answer.text] if judgement.relevant is None else [phrase.said for phrase in judgement.relevant]
    shown = sum(any(cue.search(text) for text in texts) for cue in SIGNPOSTS.values())
    return min(1.0, shown / FULL_SIGNPOSTS)


def development(judgement: AnswerJudgement) -> float:
    """Long enough about the question to be followed; longer earns nothing."""
    words = judgement.answer.word_count
    if judgement.relevant is not None:
        words = sum(len(phrase.span) for phrase in judgement.relevant)
    return min(1.0, words / DEVELOPED_WORDS)


def pace(words_per_minute: float) -> float:
    """1 between 105 and 185 words a minute, falling to 0 at 50 and 260."""
    if words_per_minute < 105:
        return _ramp(words_per_minute, 50, 105)
    return 1 - _ramp(words_per_minute, 185, 260)


def has_content(judgement: AnswerJudgement) -> bool:
    """Something of what was asked was found. Manner isn't judged on answers that miss the question altogether."""
    found = [*judgement.points, *judgement.story]
    return judgement.judged and any(finding.covered != "no" for finding in found)


def _ramp(value: float, zero: float, one: float) -> float:
    return min(1.0, max(0.0, (value - zero) / (one - zero)))
