"""Points of answers against labels: the own set, negated answers, gates on good answers."""

from functools import cache
from itertools import pairwise

from bench.assessment.agreement import kappa
from bench.assessment.figures import Figure, Value, counted, number
from bench.assessment.judging import content, judged
from bench.assessment.sets import LabelledAnswer, Part, labelled_answers, negated_answers
from storage.models.interview import QuestionKind


@cache
def point_pairs(part: Part, kind: QuestionKind | None = None) -> tuple[tuple[str, str], ...]:
    """Label and judgement of every point. A point of an answer that wasn't judged counts as not covered."""
    pairs: list[tuple[str, str]] = []
    for answer in labelled_answers(part):
        if kind in (None, answer.kind):
            found = {f.point.point_id: f.covered for f in judged(answer.question_id, answer.text).points}
            pairs += [(label, found.get(point_id, "no")) for point_id, label in answer.points.items()]
    return tuple(pairs)


def story_pairs(part: Part) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for answer in labelled_answers(part):
        found = {f.part: f.covered for f in judged(answer.question_id, answer.text).story}
        pairs += [(label, found.get(name, "no")) for name, label in answer.story.items()]  # pyright: ignore[reportArgumentType, reportCallIssue]
    return pairs


def triples(part: Part) -> list[tuple[LabelledAnswer, ...]]:
    """The weak, fair and strong answer to each question."""
    answers = labelled_answers(part)
    return [tuple(answers[at : at + 3]) for at in range(0, len(answers), 3)]


def _rises(triple: tuple[LabelledAnswer, ...]) -> bool:
    scores = [content(answer.question_id, answer.text) for answer in triple]
    return all(lower < higher for lower, higher in pairwise(scores))


def _kappa(part: Part, kind: QuestionKind | None = None, *, weighted: bool = False) -> Value:
    pairs = point_pairs(part, kind)
    return number(len(pairs), kappa(pairs, weighted=weighted))


def measure_points() -> list[Figure]:
    return [
        Figure("points: kappa with the labels", _kappa, target=0.6),
        Figure("… technical", lambda part: _kappa(part, "technical")),
        Figure("… behavioural", lambda part: _kappa(part, "behavioral")),
        Figure("… linear weights", lambda part: _kappa(part, weighted=True)),
        Figure("points labelled yes that were heard at least in part", _recall),
        Figure("points labelled no that were taken for covered", _false_yes),
        Figure("story parts: kappa (a checklist; no target)", lambda part: _plain_kappa(story_pairs(part))),
        Figure("weak < fair < strong, answers", lambda part: counted(triples(part), _rises), target=0.95),
        Figure(
            "negated answers never “covered”",
            lambda part: counted([n for n in negated_answers() if n.part == part], lambda n: not _is_covered(n)),
            target=0.8,
        ),
        Figure("gates closed on fair and strong answers", _false_alarms, target=0.02, at="most"),
    ]


def _plain_kappa(pairs: list[tuple[str, str]]) -> Value:
    return number(len(pairs), kappa(pairs))


def _recall(part: Part) -> Value:
    said = [found for label, found in point_pairs(part) if label == "yes"]
    return counted(said, lambda found: found != "no")


def _false_yes(part: Part) -> Value:
    unsaid = [found for label, found in point_pairs(part) if label == "no"]
    return counted(unsaid, lambda found: found == "yes")


def _is_covered(negated: object) -> bool:
    question_id, point_id, text = (getattr(negated, name) for name in ("question_id", "point_id", "text"))
    return any(f.point.point_id == point_id and f.covered == "yes" for f in judged(question_id, text).points)


def _false_alarms(part: Part) -> Value:
    good = [answer for answer in labelled_answers(part) if answer.strength != "weak"]
    return counted(good, lambda answer: judged(answer.question_id, answer.text).reason is not None)
