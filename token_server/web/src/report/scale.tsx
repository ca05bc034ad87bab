import { texts } from "../texts";
import { BANDS, bandOf } from "./bands";
import classes from "./scale.module.css";

interface ScaleProps {
  score: number;
  /** With the names of its parts below it. */
  named?: boolean;
}

/** From 0 to 100, parted where the words change. The number and the word stand beside it for those who don't see it. */
export function Scale({ score, named = false }: ScaleProps) {
  const current = bandOf(score);
  return (
    <div className={classes.scale} aria-hidden="true">
      {BANDS.map(({ name, from, to }) => {
        const filled = Math.min(1, Math.max(0, (score - from) / (to - from)));
        return (
          <div key={name} className={classes.part} style={{ flexGrow: to - from }} data-current={name === current}>
            <span className={classes.track}>
              <span style={{ width: `${100 * filled}%` }} />
            </span>
            {named && <span className={classes.name}>{texts.report.bands[name]}</span>}
          </div>
        );
      })}
    </div>
  );
}
