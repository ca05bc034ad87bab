import { Text } from "@mantine/core";
import { useEffect } from "react";
import { useLocation } from "react-router";

import type { Turn } from "../api/types";
import { formatClock } from "../format";
import { texts } from "../texts";
import { turnAnchor } from "./quotes";
import classes from "./transcript.module.css";

const words = texts.report;

/** What was said, in order. A quote's link arrives at its turn. */
export function Transcript({ turns }: { turns: Turn[] }) {
  const { hash } = useLocation();
  useEffect(() => {
    const turn = hash && document.getElementById(hash.slice(1));
    if (!turn) return;
    turn.scrollIntoView({ block: "center" });
    turn.focus({ preventScroll: true });
  }, [hash]);
  if (turns.length === 0) return <Text c="dimmed">{words.transcriptEmpty}</Text>;
  return (
    <ol className={classes.turns}>
      {turns.map((turn) => {
        const id = turnAnchor(turn.seq);
        return (
          <li
            key={turn.seq}
            id={id}
            tabIndex={-1}
            className={classes.turn}
            data-speaker={turn.speaker}
            data-target={hash === `#${id}`}
          >
            <div className={classes.meta}>
              <span>{turn.speaker === "candidate" ? texts.room.you : texts.room.interviewer}</span>
              <time>{formatClock(turn.started_ms / 1000)}</time>
            </div>
            <p className={classes.text}>
              {turn.text}
              {turn.interrupted && <span className={classes.interrupted}> ({words.interrupted})</span>}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
