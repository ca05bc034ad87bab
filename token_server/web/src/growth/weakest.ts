import type { Category, InterviewType, Progress } from "../api/types";
import { MAX_ADVICE_LENGTH } from "../components/limits";
import scoring from "../report/scoring.json";

const LAST_SCORES = 3;

export interface Weakest {
  category: Category;
  /** Of its last scores on the newest scale. */
  mean: number;
  count: number;
  /** In which this category weighs most. */
  type: InterviewType;
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

const MOST_PRACTISED = 3;

/** What an interview can practise: the advice that comes back most, but for what is over. */
export const practisedAreas = ({ recurring_areas: areas }: Pick<Progress, "recurring_areas">): string[] =>
  areas
    .filter(({ trend }) => trend !== "gone")
    .slice(0, MOST_PRACTISED)
    .map(({ text }) => text.slice(0, MAX_ADVICE_LENGTH));

function typeFor(category: Category): InterviewType {
  const { technical, behavioral } = scoring.weights;
  if (technical[category] === behavioral[category]) return "mixed";
  return technical[category] > behavioral[category] ? "technical" : "behavioral";
}
