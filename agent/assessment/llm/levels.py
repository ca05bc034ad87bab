"""One category, judged by a model against its rubric: the median level of its samples, bound to what code counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from agent.assessment.categories import MOST_EVIDENCE
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement
from agent.assessment.llm.client import ModelFailedError, StructuredLlm, sampled
from agent.assessment.llm.lines import interview_lines
from agent.assessment.llm.proper import is_proper
from agent.assessment.llm.samples import median_level
from agent.assessment.llm.shapes import CategoryVerdict
from agent.assessment.quotes import keep_verified
from agent.assessment.spoken import SpokenTurn
from prompts import load_prompt
from prompts.rubrics import RubricLevel, load_rubric
from storage.models.feedback import Category, CategoryScore, Evidence
from storage.models.interview import QuestionKind

SCORE_OF_LEVEL: dict[RubricLevel, int] = {1: 10, 2: 30, 3: 50, 4: 70, 5: 90}
"""The middle of each fifth: three is what is expected, four good, five strong (the bands of docs/assessment.md)."""
LEVEL_REACH = 30
"""Points that levels may lift or lower a score above or below the rule that the device scores by. Whatever a model is
talked into, a score stays near what code has counted."""
KIND_OF: dict[Category, QuestionKind] = {
    "technical_knowledge": "technical",
    "problem_solving": "technical",
    "cultural_fit": "behavioral",
}
"""Categories that only answers to one kind of question count for."""


@dataclass(frozen=True)
class Graded:
    category: CategoryScore
    samples: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Sample:
    level: RubricLevel | None
    reason: str
    evidence: list[Evidence]


async def grade_category(
    llm: StructuredLlm, by_rule: CategoryScore, interview: JudgedInterview, samples: int
) -> Graded:
    """`by_rule` is the device's score. It has one: where there is too little to judge by, no model is asked.

    Raises:
        ModelFailedError: A sample didn't come, or half of them quote nothing that was said.
    """
    judgements = _judgements_for(by_rule.category, interview)
    turns = [spoken for judgement in judgements for spoken in judgement.answer.turns]
    prompt = _prompt(by_rule.category, interview, judgements)
    choices = {"turn_seq": [spoken.turn.seq for spoken in turns]}
    verdicts = await sampled(lambda _: llm.ask(prompt, CategoryVerdict, choices), samples)
    read = [_read(verdict, turns) for verdict in verdicts]
    founded = [sample for sample in read if sample is not None]
    if 2 * len(founded) <= len(read):
        raise ModelFailedError("unfounded")
    return _graded(by_rule, founded)


def _graded(by_rule: CategoryScore, founded: Sequence[_Sample]) -> Graded:
    levels: list[RubricLevel] = [sample.level for sample in founded if sample.level is not None]
    if 2 * len(levels) <= len(founded):
        without = next(sample for sample in founded if sample.level is None)
        comment = without.reason if is_proper(without.reason) else "The answers show too little of this to score it."
        return Graded(
            CategoryScore(category=by_rule.category, score=None, status="insufficient_evidence", comment=comment)
        )
    level = median_level(levels)
    scores = tuple(_within_reach(SCORE_OF_LEVEL[one], by_rule.score or 0) for one in levels)
    chosen = next(sample for sample in founded if sample.level == level)
    category = CategoryScore(
        category=by_rule.category,
        score=median_low(scores),
        status="scored",
        comment=chosen.reason if is_proper(chosen.reason) else by_rule.comment,
        evidence=chosen.evidence[:MOST_EVIDENCE],
        level=level,
        spread=max(scores) - min(scores) if len(scores) > 1 else None,
    )
    return Graded(category, scores)


def _within_reach(score: int, by_rule: int) -> int:
    return max(by_rule - LEVEL_REACH, min(by_rule + LEVEL_REACH, score))


def _read(verdict: CategoryVerdict, turns: Sequence[SpokenTurn]) -> _Sample | None:
    """None for a level without a quote that was said."""
    given = [Evidence(turn_seq=one.turn_seq, quote=one.quote, started_ms=0) for one in verdict.evidence]
    evidence = keep_verified(given, turns)
    if verdict.level is not None and not evidence:
        return None
    return _Sample(verdict.level, " ".join(verdict.reason.split()), evidence)


def _judgements_for(category: Category, interview: JudgedInterview) -> list[AnswerJudgement]:
    kind = KIND_OF.get(category)
    return interview.judged if kind is None else interview.judged_of(kind)


def _prompt(category: Category, interview: JudgedInterview, judgements: Sequence[AnswerJudgement]) -> str:
    parameters = interview.work.plan.parameters
    return load_prompt(
        "judge_category",
        rubric=load_rubric(category).part(parameters.interview_type, parameters.level),
        facts=_facts(category, interview, judgements),
        answers=interview_lines([judgement.answer for judgement in judgements]),
    )


def _facts(category: Category, interview: JudgedInterview, judgements: Sequence[AnswerJudgement]) -> str:
    """Counts only: claims of points may come from a plan that a job description had a hand in."""
    lines: list[str] = []
    for judgement in judgements:
        answer = judgement.answer
        heard = sum(finding.covered == "yes" for finding in judgement.points)
        partly = sum(finding.covered == "partly" for finding in judgement.points)
        lines.append(
            f"question {answer.question.index + 1}: {answer.word_count} words; "
            f"{heard} of {len(judgement.points)} expected points heard, {partly} in part; "
            f"hints {answer.hints}, repeats {answer.repeats}, follow-ups {answer.follow_ups}"
        )
    left_out = len(interview.judgements) - len(interview.judged)
    lines.append(f"questions without an answer to judge: {left_out} of {len(interview.judgements)}")
    if category in ("communication", "confidence"):
        lines += _manner_facts(interview)
    return "\n".join(lines)


def _manner_facts(interview: JudgedInterview) -> list[str]:
    manner, delivery = interview.manner, interview.delivery
    hundred = max(1, manner.words) / 100
    facts: list[tuple[str, float | int | None]] = [
        ("words a minute", delivery.words_per_minute),
        ("hedges in a hundred words", round(manner.hedges / hundred, 1)),
        ("restarts in a hundred words", round(manner.restarts / hundred, 1)),
        ("pauses of three seconds or more", manner.long_pauses),
        ("fillers a minute", delivery.filler_words_per_minute),
        ("mean seconds from the end of a question to the first word", delivery.mean_response_delay_sec),
    ]
    return [f"{name}: {'not measured' if value is None else value}" for name, value in facts]
