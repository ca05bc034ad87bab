"""One attempt, from its turns to its feedback."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from agent.assessment import gates
from agent.assessment.answers import collect_answers
from agent.assessment.categories import score_categories
from agent.assessment.findings import find_areas, find_strengths
from agent.assessment.grader import grader_of
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement, Judge
from agent.assessment.overall import overall_score
from agent.assessment.quotes import keep_verified, verified
from agent.assessment.scores import content_score
from agent.assessment.spoken import SpokenTurn
from agent.assessment.wording import claim_of, final_assessment, improvement_of, question_comment, stronger_answer
from storage.models.assessment import AssessmentWork
from storage.models.feedback import (
    AreaForImprovement,
    CategoryScore,
    Claim,
    Feedback,
    PointCoverage,
    QuestionFeedback,
)
from storage.models.transcript import joined

ReportProgress = Callable[[float], Awaitable[None]]
NOT_ASSESSABLE_REASONS = {
    gates.SILENCE: "No answer was heard in this interview.",
    gates.NOT_ASKED: "The interview ended before the first question.",
    gates.ENDED_BEFORE: "The interview ended before the first answer.",
    gates.SKIPPED: "Every question was skipped, so there is nothing to judge.",
    gates.DONT_KNOW: "Every question was answered with “I don't know”, so there is nothing to judge.",
    gates.RECOGNISER_UNSURE: "The recogniser was unsure of nearly everything. Check your microphone and try again.",
    gates.NOT_ENGLISH: "What was heard was not recognised as English sentences.",
}
NOTHING_TO_JUDGE = "None of the answers could be judged. The transcript shows what was heard."


@dataclass(frozen=True)
class NotAssessable:
    """There is nothing to judge. The reason is in plain words."""

    reason: str


async def assess(work: AssessmentWork, judge: Judge, report_progress: ReportProgress) -> Feedback | NotAssessable:
    """Judges answer by answer, reporting progress after each."""
    work = work.model_copy(update={"turns": joined(sorted(work.turns, key=lambda turn: turn.seq))})
    judgements: list[AnswerJudgement] = []
    answers = collect_answers(work)
    for answer in answers:
        judgement = await judge.judge(answer, work.plan.parameters.level)
        judgements.append(_with_verified_quotes(judgement))
        await report_progress(len(judgements) / (len(answers) + 1))
    interview = JudgedInterview(work, judgements)
    if not interview.judged:
        return NotAssessable(_why_nothing(judgements))
    return _feedback(interview, judge)


def _feedback(interview: JudgedInterview, judge: Judge) -> Feedback:
    work = interview.work
    turns = [SpokenTurn(turn) for turn in work.turns]
    categories = [_with_verified_evidence(category, turns) for category in score_categories(interview)]
    overall = overall_score(categories, work.plan.parameters.interview_type)
    areas = find_areas(interview)
    return Feedback(
        attempt_id=work.attempt.id,
        assessment_id=work.assessment.id,
        overall_score=overall,
        categories=categories,
        strengths=_standing_claims([claim_of(found) for found in find_strengths(interview)], turns),
        areas_for_improvement=_standing_areas([improvement_of(area) for area in areas], turns),
        final_assessment=final_assessment(interview, overall, categories, areas),
        questions=[_question_feedback(judgement, interview) for judgement in interview.judgements],
        delivery=interview.delivery,
        grader=grader_of(judge, work),
    )


def _question_feedback(judgement: AnswerJudgement, interview: JudgedInterview) -> QuestionFeedback:
    question = judgement.answer.question
    score = content_score(judgement, interview.level)
    return QuestionFeedback(
        question_id=question.question_id,
        index=question.index,
        text=question.text,
        status=judgement.status,
        status_reason=judgement.reason,
        score=None if score is None else round(100 * score),
        comment=question_comment(judgement),
        expected_points=[
            PointCoverage(
                point=finding.point.claim,
                covered=finding.covered,
                quote=finding.quoted.evidence.quote if finding.quoted else None,
                turn_seq=finding.quoted.evidence.turn_seq if finding.quoted else None,
                importance=finding.point.importance,
            )
            for finding in judgement.points
        ],
        hints_used=judgement.answer.hints,
        repeats=judgement.answer.repeats,
        stronger_answer=stronger_answer(judgement),
    )


def _with_verified_quotes(judgement: AnswerJudgement) -> AnswerJudgement:
    """A point or part whose quote isn't in the answer wasn't heard, whoever judged it."""
    turns = judgement.answer.turns
    return replace(
        judgement,
        points=tuple(
            finding
            if finding.covered == "no" or (finding.quoted is not None and verified(finding.quoted.evidence, turns))
            else replace(finding, covered="no", quoted=None, caution=None, misconception=None, credit=0.0)
            for finding in judgement.points
        ),
        story=tuple(
            finding
            if finding.quoted is not None and verified(finding.quoted.evidence, turns)
            else replace(finding, covered="no", quoted=None)
            for finding in judgement.story
        ),
        moves={move: quoted for move, quoted in judgement.moves.items() if verified(quoted.evidence, turns)},
    )


def _with_verified_evidence(category: CategoryScore, turns: list[SpokenTurn]) -> CategoryScore:
    return category.model_copy(update={"evidence": keep_verified(category.evidence, turns)})


def _standing_claims(claims: list[Claim], turns: list[SpokenTurn]) -> list[Claim]:
    kept = [claim.model_copy(update={"evidence": keep_verified(claim.evidence, turns)}) for claim in claims]
    return [claim for claim in kept if claim.evidence]


def _standing_areas(areas: list[AreaForImprovement], turns: list[SpokenTurn]) -> list[AreaForImprovement]:
    """An area that named evidence falls with it; one that says what was not said needs none."""
    kept = [(area, keep_verified(area.evidence, turns)) for area in areas]
    return [area.model_copy(update={"evidence": evidence}) for area, evidence in kept if evidence or not area.evidence]


def _why_nothing(judgements: list[AnswerJudgement]) -> str:
    reasons = {judgement.reason for judgement in judgements if judgement.reason not in (None, gates.NOT_ASKED)}
    if not reasons:
        return NOT_ASSESSABLE_REASONS[gates.NOT_ASKED]
    if len(reasons) == 1:
        return NOT_ASSESSABLE_REASONS.get(reasons.pop() or "", NOTHING_TO_JUDGE)
    return NOTHING_TO_JUDGE
