"""SAF: short answers about computer networks with human grades (Filighera et al. 2022). Real answers only."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from agent.assessment.answer_command import AnswerToJudge, judge_one
from bench.assessment.agreement import auc, auc_within, pearson, within
from bench.assessment.figures import Figure, Value, number, whole
from bench.assessment.judging import grading
from bench.assessment.sets import Graded, saf_answers


@cache
def closenesses() -> list[tuple[Graded, float]]:
    """Each answer with what `python -m agent.assessment answer` says of it; 0 where it wasn't judged."""
    answers = saf_answers()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(zip(answers, pool.map(_closeness, answers, chunksize=50), strict=True))


def _closeness(graded: Graded) -> float:
    item = AnswerToJudge(question=graded.question, reference_answer=graded.reference, answer=graded.answer)
    return asyncio.run(judge_one(item, grading())).closeness or 0.0


def measure_graded() -> list[Figure]:
    def pooled() -> Value:
        found = closenesses()
        return number(len(found), pearson([(value, graded.score) for graded, value in found]))

    def within_questions() -> Value:
        found = closenesses()
        return number(len(found), within(_questions(), [(value, graded.score) for graded, value in found]))

    def wrong_within_questions() -> Value:
        found = closenesses()
        return number(len(found), auc_within(_questions(), [(value, not graded.is_wrong) for graded, value in found]))

    def wrong_pooled() -> Value:
        found = closenesses()
        return number(len(found), auc([(value, not graded.is_wrong) for graded, value in found]))

    return [
        whole("SAF: r, pooled", pooled, target=0.40),
        whole("SAF: r, within a question", within_questions, target=0.50),
        whole("SAF: AUC wrong against the rest, within a question", wrong_within_questions, target=0.92),
        whole("SAF: the same, pooled", wrong_pooled),
    ]


def _questions() -> list[str]:
    return [graded.question_id for graded, _ in closenesses()]
