"""How agreement is counted."""

import pytest

from bench.assessment.agreement import auc, auc_within, kappa, pearson, within

pytestmark = pytest.mark.unit


def test_kappa_is_one_for_the_same_labels_and_nothing_for_chance():
    assert kappa([("yes", "yes"), ("no", "no"), ("partly", "partly")]) == 1.0
    assert kappa([("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]) == 0.0
    assert kappa([("yes", "yes")]) is None


def test_near_misses_cost_less_with_weights():
    pairs = [("yes", "partly"), ("no", "no"), ("yes", "yes"), ("no", "no")]
    plain, weighted = kappa(pairs), kappa(pairs, weighted=True)
    assert plain is not None
    assert weighted is not None
    assert weighted > plain


def test_an_auc_counts_ties_as_half():
    assert auc([(1.0, True), (0.0, False)]) == 1.0
    assert auc([(0.5, True), (0.5, False)]) == 0.5
    assert auc([(1.0, True)]) is None


def test_differences_between_questions_do_not_count_within_them():
    values = [(0.0, 1.0), (1.0, 2.0), (10.0, 1.0), (11.0, 2.0)]
    assert within(["a", "a", "b", "b"], values) == pytest.approx(1.0)
    pooled = pearson(values)
    assert pooled is not None
    assert pooled < 0.2
    assert auc_within(["a", "a", "b"], [(1.0, True), (0.0, False), (0.0, True)]) == 1.0
