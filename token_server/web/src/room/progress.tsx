import { useEffect, useState } from "react";

import { serverNowMs } from "../api/server-clock";
import { formatClock } from "../format";
import { texts } from "../texts";
import classes from "./progress.module.css";
import type { Interviewer } from "./use-interviewer";

const words = texts.room;

/** Which question of how many, as words and as a row of steps. */
export function QuestionProgress({ phase, questionIndex, questionCount }: Interviewer) {
  const done = phase === "question" ? questionIndex : phase === "closing" || phase === "ended" ? questionCount : 0;
  const label = phase === "question" ? words.question(questionIndex + 1, questionCount) : words.phases[phase];
  return (
    <div className={classes.progress}>
      <p className={classes.label} role="status" data-testid="progress">
        {label}
      </p>
      <div className={classes.steps} aria-hidden="true">
        {Array.from({ length: questionCount }, (_, index) => (
          <span key={index} data-done={index < done} data-now={phase === "question" && index === questionIndex} />
        ))}
      </div>
    </div>
  );
}

/** Since a moment that the server has told. */
export function Elapsed({ since }: { since: string | null | undefined }) {
  const [nowMs, setNowMs] = useState(serverNowMs);
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(serverNowMs()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  const seconds = since ? (nowMs - Date.parse(since)) / 1000 : 0;
  return (
    <span className={classes.elapsed} role="timer" aria-label={words.elapsed}>
      {formatClock(seconds)}
    </span>
  );
}
