import { Link } from "react-router";

import type { Evidence } from "../api/types";
import { formatClock } from "../format";
import { texts } from "../texts";
import classes from "./quotes.module.css";

export const turnAnchor = (seq: number) => `turn-${seq}`;

/** Words of the candidate, each a way to the moment they were said. */
export function Quotes({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul className={classes.quotes}>
      {evidence.map((item) => {
        const time = formatClock(item.started_ms / 1000);
        return (
          <li key={`${item.turn_seq} ${item.quote}`}>
            <blockquote className={classes.quote}>
              “{item.quote}”{" "}
              <Link
                className={classes.time}
                to={{ search: "?view=transcript", hash: turnAnchor(item.turn_seq) }}
                aria-label={texts.report.atTime(time)}
              >
                {time}
              </Link>
            </blockquote>
          </li>
        );
      })}
    </ul>
  );
}
