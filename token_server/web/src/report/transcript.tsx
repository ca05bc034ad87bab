import { Text } from "@mantine/core";
import { useEffect } from "react";
import { useLocation } from "react-router";

import type { Turn } from "../api/types";
import { texts } from "../texts";
import { stretchesOf } from "./doubtful-words";
import { turnAnchor } from "./quotes";
import { SpokenTurn } from "./spoken-turn";
import classes from "./transcript.module.css";

const words = texts.report;

interface TranscriptProps {
  attemptId: string;
  turns: Turn[];
  /** Turns with many words that the recogniser was unsure of. */
  unsureTurns: readonly number[];
  /** Once the interview is over, the candidate may say what they really said. */
  correctable: boolean;
}

/** What was said, in order. A quote's link arrives at its turn. */
export function Transcript({ attemptId, turns, unsureTurns, correctable }: TranscriptProps) {
  const { hash } = useLocation();
  useEffect(() => {
    const turn = hash && document.getElementById(hash.slice(1));
    if (!turn) return;
    turn.scrollIntoView({ block: "center" });
    turn.focus({ preventScroll: true });
  }, [hash]);
  if (turns.length === 0) return <Text c="dimmed">{words.transcriptEmpty}</Text>;
  const someAreUnsure = turns.some((turn) => stretchesOf(turn).some((stretch) => stretch.doubtful));
  return (
    <div>
      {someAreUnsure && <p className={classes.legend}>{words.unsureLegend}</p>}
      <ol className={classes.turns}>
        {turns.map((turn) => (
          <SpokenTurn
            key={turn.seq}
            attemptId={attemptId}
            turn={turn}
            isTarget={hash === `#${turnAnchor(turn.seq)}`}
            isUnsure={unsureTurns.includes(turn.seq)}
            correctable={correctable && turn.speaker === "candidate"}
          />
        ))}
      </ol>
    </div>
  );
}
