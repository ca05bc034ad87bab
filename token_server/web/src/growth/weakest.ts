import type { Category, InterviewType, Progress } from "../api/types";
import scoring from "../report/scoring.json";

const LAST_SCORES = 3;

export interface Weakest {
  category: Category;
  /** Of its last scores on the newest scale. */
  mean: number;
  count: number;
  /** In which this category weighs most; null where it weighs the same in both. */
  type: InterviewType | null;
}

/** The category with the lowest scores lately. One score says little about a category, so it is the last few of them. */
export function weakestOf({ points }: Progress): Weakest | null {
  const categories = Object.keys(scoring.weights.mixed) as Category[];
  const means = categories.flatMap((category) => {
    const scores = points
      .filter((point) => point.judged_as_newest)
      .flatMap((point) => point.categories[category] ?? [])
      .slice(-LAST_SCORES);
    if (scores.length === 0) return [];
    const mean = Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
    return [{ category, mean, count: scores.length, type: typeFor(category) }];
  });
  return means.sort((one, other) => one.mean - other.mean)[0] ?? null;
}

function typeFor(category: Category): InterviewType | null {
  const { technical, behavioral } = scoring.weights;
  if (technical[category] === behavioral[category]) return null;
  return technical[category] > behavioral[category] ? "technical" : "behavioral";
}
