"""Whole interviews of five questions: three levels of answers, non-answers, and what must not move a score."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from agent.assessment.assess import NotAssessable
from agent.assessment.quotes import verified
from agent.assessment.spoken import SpokenTurn
from bench.assessment.figures import Figure, Value, counted, number, whole
from bench.assessment.judging import Answers, assessed, interview_of, judged, overall
from bench.assessment.probes import TRANSFORMATIONS, non_answers
from bench.assessment.sets import STRENGTHS, LabelledAnswer, Part, injections, labelled_answers, paraphrases
from storage.models.feedback import Evidence, Feedback
from storage.models.interview import InterviewType

QUESTIONS = 5
LEAST_SCORED: dict[InterviewType, int] = {"technical": 4, "behavioral": 3, "mixed": 4}
MOST_MOVED = 3
MOST_FOR_NOTHING = 10

Labelled = list[LabelledAnswer]
Planned = tuple[InterviewType, Labelled]


def interviews(part: Part) -> list[Planned]:
    """Each question once as the first of five neighbours in its list, in all three levels of answers."""
    answers = labelled_answers(part)
    made: list[Planned] = []
    for strength in STRENGTHS:
        technical = [one for one in answers if one.strength == strength and one.kind == "technical"]
        behavioral = [one for one in answers if one.strength == strength and one.kind == "behavioral"]
        for at in range(len(technical)):
            made.append(("technical", _five(technical, at)))
        for at in range(len(behavioral)):
            made.append(("behavioral", _five(behavioral, at)))
        for at in range(len(technical)):
            made.append(("mixed", [*_five(technical, at)[:3], *_five(behavioral, at)[:2]]))
    return made


def _five(answers: Sequence[LabelledAnswer], start: int) -> Labelled:
    return [answers[(start + step) % len(answers)] for step in range(QUESTIONS)]


def _said(answers: Labelled) -> Answers:
    return tuple((answer.question_id, answer.text) for answer in answers)


def _overall(planned: Planned) -> int | None:
    return overall(_said(planned[1]), planned[0])


def _rising(part: Part) -> list[list[int | None]]:
    made = interviews(part)
    third = len(made) // 3
    return [[_overall(made[at + third * level]) for level in range(3)] for at in range(third)]


def measure_interviews() -> list[Figure]:
    def present(part: Part) -> Value:
        return counted(interviews(part), lambda one: _overall(one) is not None)

    def scored(part: Part) -> Value:
        return counted(interviews(part), lambda one: _scored(one) >= LEAST_SCORED[one[0]])

    def scored_but_weak(part: Part) -> Value:
        better = [one for one in interviews(part) if one[1][0].strength != "weak"]
        return counted(better, lambda one: _scored(one) >= LEAST_SCORED[one[0]])

    def rises(part: Part) -> Value:
        return counted(
            _rising(part), lambda scores: all(a is not None and b is not None and a < b for a, b in pairwise(scores))
        )

    return [
        Figure("interviews: overall present", present, target=1.0),
        Figure("interviews: ≥ 4 categories scored (behavioural ≥ 3)", scored, target=1.0),
        Figure("… without the weak ones", scored_but_weak),
        Figure("interviews: weak < fair < strong overall", rises, target=0.9),
        *_non_answer_figures(),
        *_robustness_figures(),
        whole("quotes verbatim, in the right turn", _quotes, target=1.0),
        whole("injections that raise an answer's points", _injected, target=0.0, at="most"),
    ]


def _scored(planned: Planned) -> int:
    feedback = assessed(_said(planned[1]), planned[0])
    return 0 if isinstance(feedback, NotAssessable) else sum(c.status == "scored" for c in feedback.categories)


# ---------------------------------------------------------------------- what is no answer
def _non_answer_figures() -> list[Figure]:
    def uncovered(kind: str) -> Figure:
        def measured(part: Part) -> Value:
            given = [one for one in non_answers()[kind] if one[0] == part]
            return counted(given, lambda one: all(f.covered == "no" for f in judged(one[1], one[2]).points))

        return Figure(f"non-answers, {kind.replace('_', ' ')}: no point covered", measured, target=0.95)

    def invented(part: Part) -> Value:
        reports = _reports_of_nothing(part)
        strengths = sum(len(report.strengths) for report in reports if isinstance(report, Feedback))
        return number(len(reports), strengths, digits=0)

    return [
        *map(uncovered, non_answers()),
        Figure("interviews of non-answers: strengths invented", invented, target=0, at="most"),
        Figure(
            f"interviews of non-answers: overall null or ≤ {MOST_FOR_NOTHING}",
            lambda part: counted(_reports_of_nothing(part), _is_nothing),
            target=1,
        ),
    ]


@cache
def _reports_of_nothing(part: Part) -> list[Feedback | NotAssessable]:
    """Interviews of five non-answers of one kind, as each type of interview."""
    types: tuple[InterviewType, ...] = ("technical", "behavioral", "mixed")
    given = [[(id_, text) for one, id_, text in made if one == part] for made in non_answers().values()]
    return [
        assessed(tuple(answers[at : at + QUESTIONS]), interview_type)
        for answers in given
        for at in range(0, len(answers), QUESTIONS)
        for interview_type in types
    ]


def _is_nothing(report: Feedback | NotAssessable) -> bool:
    return isinstance(report, NotAssessable) or (report.overall_score or 0) <= MOST_FOR_NOTHING


# ---------------------------------------------------------------------- what must not move a score
def _robustness_figures() -> list[Figure]:
    return [
        *(
            Figure(
                f"{name}: overall moves ≤ {MOST_MOVED} points",
                lambda part, change=change: counted(_moved(part, change), lambda by: by <= MOST_MOVED),
                target=1.0,
            )
            for name, change in TRANSFORMATIONS.items()
        ),
        whole(
            f"paraphrased: overall moves ≤ {MOST_MOVED} points",
            lambda: counted(_paraphrased(), lambda by: by <= MOST_MOVED),
            target=1.0,
        ),
    ]


def _moved(part: Part, change: Callable[[str], str]) -> list[int]:
    """By how much the overall score of each fair and strong interview moves."""
    moved: list[int] = []
    for interview_type, answers in interviews(part):
        if answers[0].strength != "weak":
            plain = _said(answers)
            changed = tuple((question_id, change(text)) for question_id, text in plain)
            moved.append(_difference(interview_type, plain, changed))
    return moved


def _paraphrased() -> list[int]:
    entries = paraphrases()
    return [
        _difference(
            "mixed",
            tuple((one.question_id, one.text) for one in five),
            tuple((one.question_id, one.paraphrase) for one in five),
        )
        for five in (entries[0::2], entries[1::2], entries[:5], entries[5:])
    ]


def _difference(interview_type: InterviewType, one: Answers, other: Answers) -> int:
    before, after = (overall(answers, interview_type) for answers in (one, other))
    return 100 if (before is None) != (after is None) else abs((before or 0) - (after or 0))


# ---------------------------------------------------------------------- what is said
def _quotes() -> Value:
    checked: list[bool] = []
    for part in ("dev", "final"):
        for interview_type, answers in interviews(part):
            report = assessed(_said(answers), interview_type)
            if isinstance(report, Feedback):
                turns = [SpokenTurn(turn) for turn in interview_of(_said(answers), interview_type).turns]
                checked += [verified(evidence, turns) is not None for evidence in _evidence(report)]
    return counted(checked, bool)


def _evidence(report: Feedback) -> list[Evidence]:
    return [
        evidence
        for holder in (*report.categories, *report.strengths, *report.areas_for_improvement)
        for evidence in holder.evidence
    ]


def _injected() -> Value:
    """Each said behind a weak answer: points that are covered more than without it."""
    weak = [answer for answer in labelled_answers("dev") if answer.strength == "weak"]
    pairs = [(weak[at % len(weak)], text) for at, text in enumerate(injections())]
    return counted(pairs, lambda pair: _worth(pair[0], pair[1]) > _worth(pair[0], ""))


def _worth(answer: LabelledAnswer, behind: str) -> int:
    found = judged(answer.question_id, f"{answer.text} {behind}".strip()).points
    return sum({"yes": 2, "partly": 1, "no": 0}[finding.covered] for finding in found)
