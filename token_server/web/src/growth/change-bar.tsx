import type { ScoreChange } from "../api/types";
import classes from "./change-bar.module.css";

const HIGHEST = 100;
const within = (score: number) => Math.min(HIGHEST, Math.max(0, score));

/**
 * A ring where a score was, a dot where it is, and how far a difference means nothing, if both are on one scale.
 * The words beside it say the same. Nothing where one of them is missing.
 */
export function ChangeBar({ score: { from, to, spread, change } }: { score: ScoreChange }) {
  if (from === null || to === null) return null;
  return (
    <div className={classes.bar} aria-hidden="true">
      {change !== "not_comparable" && (
        <span
          className={classes.spread}
          style={{ left: `${within(from - spread)}%`, width: `${within(from + spread) - within(from - spread)}%` }}
        />
      )}
      <span className={classes.from} style={{ left: `${from}%` }} />
      <span className={classes.to} style={{ left: `${to}%` }} />
    </div>
  );
}
