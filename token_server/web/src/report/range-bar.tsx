import classes from "./range-bar.module.css";

interface RangeBarProps {
  value: number;
  sensible: readonly [number, number];
  /** Its two ends. */
  scale: readonly [number, number];
}

/** Where a figure lies, and which part of the bar is sensible. The words beside it say the same. */
export function RangeBar({ value, sensible, scale: [least, most] }: RangeBarProps) {
  const at = (figure: number) => 100 * Math.min(1, Math.max(0, (figure - least) / (most - least)));
  return (
    <div className={classes.bar} aria-hidden="true">
      <span
        className={classes.sensible}
        style={{ left: `${at(sensible[0])}%`, width: `${at(sensible[1]) - at(sensible[0])}%` }}
      />
      <span className={classes.value} style={{ left: `${at(value)}%` }} />
    </div>
  );
}
