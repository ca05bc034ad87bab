import { Link } from "react-router";

import type { Evidence } from "../api/types";
import { formatClock } from "../format";
import { PlayButton } from "../recording/play-button";
import { texts } from "../texts";
import classes from "./quotes.module.css";
import { useReportAddress } from "./use-report-address";

const words = texts.report;

export const turnAnchor = (seq: number) => `turn-${seq}`;

/** Words of the candidate, each a way to the moment they were said. */
export function Quotes({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul className={classes.quotes}>
      {evidence.map((item) => (
        <li key={`${item.turn_seq} ${item.quote}`}>
          <Quote text={item.quote} turnSeq={item.turn_seq} startedMs={item.started_ms} />
        </li>
      ))}
    </ul>
  );
}

interface QuoteProps {
  text: string;
  turnSeq: number | null | undefined;
  /** Reports from before it was kept know the turn only. */
  startedMs: number | null | undefined;
  /** Of the report that it is from, where that is another page. */
  reportPath?: string;
}

export function Quote({ text, turnSeq, startedMs, reportPath }: QuoteProps) {
  const { transcriptSearch } = useReportAddress();
  const transcript = reportPath ? { pathname: reportPath, search: "?view=transcript" } : { search: transcriptSearch };
  const time = typeof startedMs === "number" ? formatClock(startedMs / 1000) : null;
  return (
    <blockquote className={classes.quote}>
      “{text}”{" "}
      <span className={classes.moment}>
        {typeof turnSeq === "number" && (
          <Link
            className={classes.time}
            to={{ ...transcript, hash: turnAnchor(turnSeq) }}
            aria-label={time === null ? undefined : words.atTime(time)}
          >
            {time ?? words.inTranscript}
          </Link>
        )}{" "}
        <PlayButton startedMs={startedMs} turnSeq={turnSeq} />
      </span>
    </blockquote>
  );
}
