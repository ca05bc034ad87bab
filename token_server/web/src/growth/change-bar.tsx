import classes from "./change-bar.module.css";

interface ChangeBarProps {
  from: number | null;
  to: number | null;
  spread: number;
}

const HIGHEST = 100;
const within = (score: number) => Math.min(HIGHEST, Math.max(0, score));

/** A ring where a score was, a dot where it is, and how far a difference means nothing. The words beside it say the same. */
export function ChangeBar({ from, to, spread }: ChangeBarProps) {
  return (
    <div className={classes.bar} aria-hidden="true">
      {from !== null && (
        <span
          className={classes.spread}
          style={{ left: `${within(from - spread)}%`, width: `${within(from + spread) - within(from - spread)}%` }}
        />
      )}
      {from !== null && <span className={classes.from} style={{ left: `${from}%` }} />}
      {to !== null && <span className={classes.to} style={{ left: `${to}%` }} />}
    </div>
  );
}
