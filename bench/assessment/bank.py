"""Every question of the bank against itself: what its key says must be heard is heard, what it calls wrong is not."""

from collections.abc import Sequence

from bench.assessment.figures import Figure, Value, counted, whole
from bench.assessment.judging import judged
from prompts.question_bank import BankQuestion, load_bank


def missed_points(question: BankQuestion, number: int) -> list[str]:
    """Points that aren't heard in an answer made of one paraphrase of each point: the `number`-th, or the last."""
    said = [point.paraphrases[min(number, len(point.paraphrases) - 1)] for point in question.expected_points]
    answer = " ".join(f"{text.rstrip('.')}." for text in said)
    found = judged(question.question_id, answer).points
    heard = {finding.point.point_id for finding in found if finding.covered != "no"}
    return [point.point_id for point in question.expected_points if point.point_id not in heard]


def believed_misconceptions(question: BankQuestion) -> list[str]:
    """Points that are called covered in an answer that says a misconception against them and nothing else."""
    return [
        wrong.contradicts
        for wrong in question.misconceptions
        if wrong.contradicts is not None
        and any(
            finding.covered == "yes" and finding.point.point_id == wrong.contradicts
            for finding in judged(question.question_id, f"I'd say {wrong.claim[:1].lower()}{wrong.claim[1:]}").points
        )
    ]


def measure_bank() -> list[Figure]:
    questions = load_bank().questions
    return [
        whole("bank: points heard in their own paraphrases", lambda: _heard(questions)),
        whole("bank: misconceptions not taken for their point", lambda: _not_believed(questions)),
    ]


def _heard(questions: Sequence[BankQuestion]) -> Value:
    most = max(len(point.paraphrases) for question in questions for point in question.expected_points)
    results = [
        point.point_id not in missed
        for question in questions
        for number in range(most)
        for missed in [missed_points(question, number)]
        for point in question.expected_points
        if number < len(point.paraphrases)
    ]
    return counted(results, bool)


def _not_believed(questions: Sequence[BankQuestion]) -> Value:
    results = [
        wrong.contradicts not in believed
        for question in questions
        for believed in [believed_misconceptions(question)]
        for wrong in question.misconceptions
        if wrong.contradicts is not None
    ]
    return counted(results, bool)
