"""The five categories. Each has a rule for when there is enough to score it, and one for the score.

docs/assessment.md tells the same to the candidate: change both together.
"""

from collections.abc import Callable, Sequence
from statistics import fmean

from agent.assessment import scores
from agent.assessment.cues import COLLABORATION, OWNERSHIP, SIGNPOSTS
from agent.assessment.delivery import most_frequent_hedge
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement, Quoted
from storage.models.feedback import CATEGORIES, Category, CategoryScore, Evidence
from storage.models.interview import QuestionKind

ENOUGH_ANSWERS = 2
ENOUGH_WORDS_FOR_MANNER = 60
MOST_EVIDENCE = 3


def score_categories(interview: JudgedInterview) -> list[CategoryScore]:
    """All five, always, in the order of the contract."""
    return [RULES[category](interview) for category in CATEGORIES]


def _technical_knowledge(interview: JudgedInterview) -> CategoryScore:
    answers = interview.judged_of("technical")
    missing = _too_few("technical", interview)
    if missing is not None:
        return _insufficient("technical_knowledge", missing)
    value = fmean(scores.points_score(answer, interview.level) or 0.0 for answer in answers)
    found = [f for answer in answers for f in answer.points if f.covered == "yes"]
    expected = sum(len(answer.points) for answer in answers)
    comment = (
        f"{len(found)} of {expected} expected points were clearly heard in {_answers(len(answers))}."
        f"{_left_out(interview, 'technical')}"
    )
    found.sort(key=lambda finding: -finding.strength)
    return _scored("technical_knowledge", value, comment, [f.quoted for f in found])


def _problem_solving(interview: JudgedInterview) -> CategoryScore:
    answers = interview.judged_of("technical")
    missing = _too_few("technical", interview)
    if missing is not None:
        return _insufficient("problem_solving", missing)
    value = fmean(scores.problem_solving_score(answer, interview.level) for answer in answers)
    moves = {move: quoted for answer in answers for move, quoted in answer.moves.items()}
    shown = ", ".join(sorted(moves)) or "none of approach, reasons, alternatives, trade-offs, checks or constraints"
    return _scored("problem_solving", value, f"Shown in your answers: {shown}.", list(moves.values()))


def _cultural_fit(interview: JudgedInterview) -> CategoryScore:
    answers = [answer for answer in interview.judged_of("behavioral") if answer.story]
    if not any(question.kind == "behavioral" for question in interview.work.plan.questions):
        return _insufficient("cultural_fit", "This interview had no question about how you work with others.")
    missing = _too_few("behavioral", interview, answers)
    if missing is not None:
        return _insufficient("cultural_fit", missing)
    signs = {
        "working with others": [_first(answer, COLLABORATION.search) for answer in answers],
        "ownership": [_first(answer, OWNERSHIP.search) for answer in answers],
        "learning": [_part(answer, "reflection") for answer in answers],
    }
    seen = fmean(quoted is not None for found in signs.values() for quoted in found)
    value = 0.5 * fmean(scores.content_score(answer, interview.level) or 0.0 for answer in answers) + 0.5 * seen
    named = [sign for sign, found in signs.items() if any(found)]
    comment = (
        f"Your stories show {' and '.join(named)}."
        if named
        else "Your stories show little of how you work with others."
    )
    quotes = [quoted for found in signs.values() for quoted in found if quoted is not None]
    return _scored("cultural_fit", value, f"{comment} A checklist, not a judgement of your character.", quotes)


def _communication(interview: JudgedInterview) -> CategoryScore:
    missing = _too_little_to_follow(interview)
    if missing is not None:
        return _insufficient("communication", missing)
    answers, judged = interview.with_content, len(interview.judged)
    if not answers:
        return _scored("communication", 0.0, f"None of your {judged} answers came to what was asked.", [])
    words_per_minute = interview.delivery.words_per_minute
    parts = [
        (0.40, fmean(scores.directness(answer) for answer in answers)),
        (0.30, fmean(scores.structure(answer) for answer in answers)),
        (0.15, fmean(scores.development(answer) for answer in answers)),
    ]
    if words_per_minute is not None:
        parts.append((0.15, scores.pace(words_per_minute)))
    value = sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)
    # who speaks well about something else has told the listener nothing
    value *= len(answers) / judged
    said = [
        "You came to the point early" if parts[0][1] >= 0.7 else "Your answers took a while to come to the point",
        "guided the listener with clear links" if parts[1][1] >= 0.7 else "could link your thoughts more clearly",
    ]
    comment = " and ".join(said) + "."
    if len(answers) < judged:
        comment = f"{len(answers)} of your {judged} answers came to what was asked. {comment}"
    if words_per_minute is not None:
        comment += f" You spoke at {words_per_minute:.0f} words a minute."
    quotes = [
        _first(answer, SIGNPOSTS["reason"].search) or _first(answer, SIGNPOSTS["order"].search) for answer in answers
    ]
    return _scored("communication", value, comment, quotes)


def _confidence(interview: JudgedInterview) -> CategoryScore:
    missing = _too_little_said(interview)
    if missing is not None:
        return _insufficient("confidence", missing)
    manner, delivery = interview.manner, interview.delivery
    hedges, restarts = 100 * manner.hedges / manner.words, 100 * manner.restarts / manner.words
    lost = _penalty(hedges, free=1.0, each=8, most=40) + _penalty(restarts, free=0.5, each=8, most=15)
    facts = [f"{_rate(hedges, 'hedges')} and {_rate(restarts, 'restarts')} in a hundred words"]
    if manner.long_pauses is not None and delivery.talk_time_sec:
        per_minute = manner.long_pauses / (delivery.talk_time_sec / 60)
        lost += _penalty(per_minute, free=1.0, each=8, most=25)
        pauses = "one pause" if manner.long_pauses == 1 else f"{manner.long_pauses or 'no'} pauses"
        facts.append(f"{pauses} of three seconds or more")
    if delivery.filler_words_per_minute is not None:
        lost += _penalty(delivery.filler_words_per_minute, free=4, each=2.5, most=20)
        facts.append(f"{_rate(delivery.filler_words_per_minute, 'fillers')} a minute")
    comment = f"Measured: {', '.join(facts)}."
    answers = [judgement.answer for judgement in interview.with_content]
    hedge = most_frequent_hedge(answers)
    if hedge is not None and hedges > 1.0:
        comment += f" The most frequent hedge was “{hedge}”."
    strongest = [f for judgement in interview.with_content for f in judgement.points if f.covered == "yes"]
    strongest.sort(key=lambda finding: -finding.strength)
    return _scored("confidence", (100 - lost) / 100, comment, [finding.quoted for finding in strongest[:1]])


def _rate(value: float, what: str) -> str:
    """Such as "4.1 hedges", or "no restarts"."""
    return f"{value:.1f} {what}" if round(value, 1) > 0 else f"no {what}"


RULES: dict[Category, Callable[[JudgedInterview], CategoryScore]] = {
    "communication": _communication,
    "technical_knowledge": _technical_knowledge,
    "problem_solving": _problem_solving,
    "cultural_fit": _cultural_fit,
    "confidence": _confidence,
}


def _too_few(
    kind: QuestionKind, interview: JudgedInterview, judged: Sequence[AnswerJudgement] | None = None
) -> str | None:
    """Why there is not enough, or None: two judged answers, one if only one was planned, and half of those asked."""
    answers = interview.judged_of(kind) if judged is None else judged
    planned, asked = interview.planned_of(kind), len(interview.asked_of(kind))
    name = "behavioural" if kind == "behavioral" else "technical"
    if not planned:
        return f"This interview had no {name} question."
    needed = min(ENOUGH_ANSWERS, planned)
    if len(answers) < needed:
        return f"{_answers(len(answers))} to {name} questions could be judged; at least {needed} are needed."
    if len(answers) * 2 < asked:
        return f"Only {len(answers)} of the {asked} {name} questions asked were answered; half are needed."
    return None


def _too_little_to_follow(interview: JudgedInterview) -> str | None:
    answers = interview.judged
    needed = min(ENOUGH_ANSWERS, len(interview.judgements))
    if len(answers) < needed:
        return f"{_answers(len(answers))} could be judged; at least {needed} are needed."
    words = sum(judgement.answer.word_count for judgement in answers)
    return _too_few_words(words)


def _too_few_words(words: int) -> str | None:
    if words < ENOUGH_WORDS_FOR_MANNER:
        return f"Too little was said: {words} words, {ENOUGH_WORDS_FOR_MANNER} are needed."
    return None


def _too_little_said(interview: JudgedInterview) -> str | None:
    answers = interview.with_content
    needed = min(ENOUGH_ANSWERS, len(interview.judgements))
    if len(answers) < needed:
        return f"{_answers(len(answers))} met the question; at least {needed} are needed to judge how you speak."
    return _too_few_words(interview.manner.words)


def _scored(category: Category, value: float, comment: str, quotes: Sequence[Quoted | None]) -> CategoryScore:
    evidence = list[Evidence]()
    for quoted in quotes:
        if quoted is not None and quoted.evidence not in evidence and len(evidence) < MOST_EVIDENCE:
            evidence.append(quoted.evidence)
    score = round(100 * min(1.0, max(0.0, value)))
    return CategoryScore(category=category, score=score, status="scored", comment=comment, evidence=evidence)


def _insufficient(category: Category, reason: str) -> CategoryScore:
    return CategoryScore(category=category, score=None, status="insufficient_evidence", comment=reason)


def _penalty(value: float, *, free: float, each: float, most: float) -> float:
    return min(most, max(0.0, (value - free) * each))


def _first(judgement: AnswerJudgement, matches: Callable[[str], object]) -> Quoted | None:
    quotes = [f.quoted for f in (*judgement.points, *judgement.story)] + list(judgement.moves.values())
    return next((quoted for quoted in quotes if quoted is not None and matches(quoted.said)), None)


def _part(judgement: AnswerJudgement, part: str) -> Quoted | None:
    return next((finding.quoted for finding in judgement.story if finding.part == part), None)


def _answers(count: int) -> str:
    return {0: "No answers", 1: "1 answer"}.get(count, f"{count} answers")


def _left_out(interview: JudgedInterview, kind: QuestionKind) -> str:
    left_out = interview.planned_of(kind) - len(interview.judged_of(kind))
    return (
        f" {left_out} of {interview.planned_of(kind)} technical questions had no answer to judge." if left_out else ""
    )
