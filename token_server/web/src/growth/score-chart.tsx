import type { ProgressPoint } from "../api/types";
import { formatterFor } from "../format";
import { texts } from "../texts";
import { LineChart } from "./line-chart";
import classes from "./score-chart.module.css";

const words = texts.progress;

interface ScoreChartProps {
  /** Of all attempts, oldest first. */
  points: ProgressPoint[];
  scoreOf: (point: ProgressPoint) => number | null;
  label: string;
  /** Large, with the names of the bands beside it and the first and the last moment below. */
  named?: boolean;
}

/** A kind of score over time. Nothing where there aren't two: the number says as much. */
export function ScoreChart({ points, scoreOf, label, named = false }: ScoreChartProps) {
  const endings = points.map((point) => point.ended_at);
  const format = formatterFor(endings);
  const scored = points.flatMap((point, place) => {
    const score = scoreOf(point);
    if (score === null) return [];
    return [
      { place, value: score, label: words.pointLabel(format(point.ended_at), score), isComparable: point.judged_as_newest },
    ];
  });
  if (scored.length < 2) return null;
  const [first = ""] = endings;
  return (
    <div>
      <LineChart named={named} points={scored} places={points.length} label={label} />
      {named && (
        <p className={classes.dates}>
          <span>{format(first)}</span>
          <span>{format(endings.at(-1) ?? first)}</span>
        </p>
      )}
    </div>
  );
}
