import type { WordsSaid } from "../api/types";
import { Quote } from "../report/quotes";
import { texts } from "../texts";
import classes from "./said.module.css";

const words = texts.compare;

/** Their ids, for the way to what was said in each. */
export interface Attempts {
  from: string;
  to: string;
}

interface SaidProps {
  before: WordsSaid | null;
  now: WordsSaid | null;
  attempts: Attempts;
}

/** The words that each judgement stands on, then and now. */
export function Said({ before, now, attempts }: SaidProps) {
  const sides = [
    { label: words.saidThen, attempt: attempts.from, said: before },
    { label: words.saidNow, attempt: attempts.to, said: now },
  ];
  if (!before && !now) return null;
  return (
    <dl className={classes.said}>
      {sides.map(
        ({ label, attempt, said }) =>
          said && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <Quote
                  text={said.quote}
                  turnSeq={said.turn_seq}
                  startedMs={said.started_ms}
                  reportPath={`/attempts/${attempt}/report`}
                />
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
