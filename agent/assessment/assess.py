"""One attempt, from its turns to its feedback."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from agent.assessment import gates
from agent.assessment.answers import Answer, collect_answers
from agent.assessment.doubt import doubt_of
from agent.assessment.findings import find_areas, find_strengths
from agent.assessment.grading import Found, Grading, Wording
from agent.assessment.interview import JudgedInterview
from agent.assessment.judge import AnswerJudgement, PointFinding
from agent.assessment.overall import overall_score, overall_spread
from agent.assessment.prepared import prepared
from agent.assessment.quotes import keep_verified, verified
from agent.assessment.scores import content_score
from agent.assessment.spoken import SpokenTurn
from agent.assessment.wording import question_comment
from storage.models.assessment import AssessmentWork
from storage.models.feedback import (
    AreaForImprovement,
    CategoryScore,
    Claim,
    Evidence,
    Feedback,
    Grader,
    PointCoverage,
    QuestionFeedback,
)

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


async def assess(work: AssessmentWork, grading: Grading, report_progress: ReportProgress) -> Feedback | NotAssessable:
    """Judges answer by answer, reporting progress after each."""
    work = prepared(work)
    judgements = await _judgements(work, grading, report_progress)
    interview = JudgedInterview(work, judgements)
    if not interview.judged:
        return NotAssessable(_why_nothing(judgements))
    return await _feedback(interview, grading)


async def _judgements(work: AssessmentWork, grading: Grading, report_progress: ReportProgress) -> list[AnswerJudgement]:
    answers = collect_answers(work)
    originals = [SpokenTurn(turn) for turn in work.turns]
    room = asyncio.Semaphore(grading.answers_at_once)
    done = 0

    async def judge(answer: Answer) -> AnswerJudgement:
        nonlocal done
        async with room:
            judgement = await grading.judge(answer, work.plan.parameters.level)
        done += 1
        await report_progress(done / (len(answers) + 1))
        return _with_verified_quotes(judgement, originals)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(judge(answer)) for answer in answers]
    return [task.result() for task in tasks]


async def _feedback(interview: JudgedInterview, grading: Grading) -> Feedback:
    work = interview.work
    turns = [SpokenTurn(turn) for turn in work.turns]
    grades = await grading.score(interview)
    categories = [_with_verified_evidence(category, turns) for category in grades.categories]
    interview_type = work.plan.parameters.interview_type
    overall = overall_score(categories, interview_type)
    found = Found(interview, overall, categories, find_strengths(interview), find_areas(interview))
    wording = await grading.word(found)
    facts = grading.facts()
    return Feedback(
        attempt_id=work.attempt.id,
        assessment_id=work.assessment.id,
        overall_score=overall,
        categories=categories,
        strengths=_standing_claims(wording.strengths, turns),
        areas_for_improvement=_standing_areas(wording.areas, turns),
        final_assessment=wording.final_assessment,
        questions=[_question_feedback(judgement, interview, wording) for judgement in interview.judgements],
        delivery=interview.delivery,
        grader=Grader(
            kind=facts.kind,
            model=facts.model,
            rubric_version=facts.rubric_version,
            prompt_version=facts.prompt_version,
            bank_version=work.plan.source,
            samples=facts.samples,
            spread=overall_spread(categories, grades.samples, interview_type),
            fallback_reason=facts.fallback_reason,
        ),
        doubt=doubt_of(interview),
        corrected_turns=sorted(correction.seq for correction in work.corrections),
    )


def _question_feedback(judgement: AnswerJudgement, interview: JudgedInterview, wording: Wording) -> QuestionFeedback:
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
        expected_points=[_point_coverage(finding) for finding in judgement.points],
        hints_used=judgement.answer.hints,
        repeats=judgement.answer.repeats,
        stronger_answer=wording.stronger_answers.get(question.question_id, ""),
    )


def _point_coverage(finding: PointFinding) -> PointCoverage:
    evidence = finding.quoted.evidence if finding.quoted else None
    return PointCoverage(
        point=finding.point.claim,
        point_id=finding.point.point_id,
        covered=finding.covered,
        quote=evidence.quote if evidence else None,
        turn_seq=evidence.turn_seq if evidence else None,
        started_ms=evidence.started_ms if evidence else None,
        importance=finding.point.importance,
        caution=finding.caution,
        misconception=finding.misconception.claim if finding.misconception else None,
    )


def _with_verified_quotes(judgement: AnswerJudgement, originals: Sequence[SpokenTurn]) -> AnswerJudgement:
    """A point or part whose quote isn't in the answer wasn't heard, whoever judged it.

    It must stand in what was judged and, in one piece, in the turn that it was taken from.
    """

    def stands(evidence: Evidence) -> bool:
        return verified(evidence, judgement.answer.turns) is not None and verified(evidence, originals) is not None

    return replace(
        judgement,
        points=tuple(
            finding
            if _claims_nothing(finding) or (finding.quoted is not None and stands(finding.quoted.evidence))
            else replace(finding, covered="no", quoted=None, caution=None, misconception=None, credit=0.0)
            for finding in judgement.points
        ),
        story=tuple(
            finding
            if finding.quoted is not None and stands(finding.quoted.evidence)
            else replace(finding, covered="no", quoted=None)
            for finding in judgement.story
        ),
        moves={move: quoted for move, quoted in judgement.moves.items() if stands(quoted.evidence)},
    )


def _claims_nothing(finding: PointFinding) -> bool:
    return finding.covered == "no" and finding.quoted is None


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
