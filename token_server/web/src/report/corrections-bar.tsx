import { Button } from "@mantine/core";
import { Link } from "react-router";

import { isWaiting, useAssessAgain } from "../api/attempts";
import { isProblem, messageOf } from "../api/problem";
import type { FeedbackAnswer } from "../api/types";
import { Notice } from "../components/notice";
import { texts } from "../texts";
import classes from "./corrections-bar.module.css";

const words = texts.report.correction;

interface CorrectionsBarProps {
  attemptId: string;
  /** The newest. */
  answer: FeedbackAnswer;
  inTranscript: boolean;
  onMade: () => void;
}

/** Stays at the foot of the window, so that nothing moves when it comes. */
export function CorrectionsBar({ attemptId, answer, inTranscript, onMade }: CorrectionsBarProps) {
  const again = useAssessAgain(attemptId);
  const isMaking = isWaiting(answer) && answer.status !== "not_ready";
  return (
    <div className={classes.place} aria-live="polite">
      {isMaking && inTranscript ? (
        <div className={classes.bar}>
          <p>{words.making}</p>
          <Button component={Link} to={{ search: "" }} size="sm" variant="default">
            {words.toReport}
          </Button>
        </div>
      ) : answer.corrections_since && !isMaking ? (
        <div className={classes.bar}>
          {again.isError && !isProblem(again.error, "assessment_running") ? (
            <Notice>{messageOf(again.error)}</Notice>
          ) : (
            <p>{words.since}</p>
          )}
          <Button size="sm" loading={again.isPending} onClick={() => again.mutate(undefined, { onSuccess: onMade })}>
            {words.again}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
