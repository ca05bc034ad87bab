import { Button, Group } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";

import { type Correction, useCorrect } from "../api/corrections";
import { isProblem, messageOf } from "../api/problem";
import type { Turn } from "../api/types";
import { Notice } from "../components/notice";
import { formatClock } from "../format";
import { PlayButton } from "../recording/play-button";
import { texts } from "../texts";
import { CorrectionField } from "./correction-field";
import { stretchesOf } from "./doubtful-words";
import { turnAnchor } from "./quotes";
import classes from "./transcript.module.css";

const words = texts.report;

interface SpokenTurnProps {
  attemptId: string;
  turn: Turn;
  isTarget: boolean;
  isUnsure: boolean;
  correctable: boolean;
}

export function SpokenTurn({ attemptId, turn, isTarget, isUnsure, correctable }: SpokenTurnProps) {
  const [editing, setEditing] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const correct = useCorrect(attemptId);
  const corrected = turn.corrected_text;
  const parts = turn.parts.length > 0 ? turn.parts : [turn];
  const time = formatClock(turn.started_ms / 1000);
  const problem = correct.isError ? problemOf(correct.error) : null;

  function open() {
    correct.reset();
    setEditing(true);
  }

  function close() {
    flushSync(() => setEditing(false));
    opener.current?.focus();
  }

  function cancel() {
    correct.reset();
    close();
  }

  function store(corrections: Correction[]) {
    if (corrections.length === 0) close();
    else correct.mutate(corrections, { onSuccess: close });
  }

  function takeBack() {
    store(parts.filter((part) => part.corrected_text).map(({ seq }) => ({ seq, text: null })));
  }

  return (
    <li
      id={turnAnchor(turn.seq)}
      tabIndex={-1}
      className={classes.turn}
      data-speaker={turn.speaker}
      data-target={isTarget}
    >
      <div className={classes.meta}>
        <span className={classes.speaker}>{turn.speaker === "candidate" ? texts.room.you : texts.room.interviewer}</span>
        <span className={classes.moment}>
          <time>{time}</time>
          <PlayButton startedMs={turn.started_ms} endedMs={turn.ended_ms} />
        </span>
        {isUnsure && corrected === null && <strong className={classes.unsure}>{words.unsureTurn}</strong>}
      </div>
      <div className={classes.said}>
        {editing ? (
          <CorrectionField
            parts={parts}
            saving={correct.isPending}
            problem={problem}
            onSave={store}
            onCancel={cancel}
          />
        ) : (
          <>
            <p className={classes.text}>
              {corrected ?? <Recognised turn={turn} />}
              {turn.interrupted && <span className={classes.aside}> ({words.interrupted})</span>}
            </p>
            {corrected !== null && (
              <p className={classes.recognised}>
                <span className={classes.aside}>{words.recognised}</span> <Recognised turn={turn} />
              </p>
            )}
            {correctable && (
              <Group gap="xs" ml={-8} className="no-print">
                <Button
                  ref={opener}
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconPencil size={14} aria-hidden />}
                  onClick={open}
                >
                  {words.correction.open}
                  <span className="visually-hidden">{words.correction.openAt(time)}</span>
                </Button>
                {corrected !== null && (
                  <Button
                    variant="subtle"
                    color="gray"
                    size="compact-sm"
                    loading={correct.isPending}
                    onClick={takeBack}
                  >
                    {words.correction.takeBack}
                  </Button>
                )}
              </Group>
            )}
            {problem !== null && <Notice>{problem}</Notice>}
          </>
        )}
      </div>
    </li>
  );
}

/** As the recogniser has it, with what it was unsure of. */
function Recognised({ turn }: { turn: Turn }) {
  return stretchesOf(turn).map((stretch, index) =>
    stretch.doubtful ? (
      <span key={index} className={classes.doubtful}>
        {stretch.text}
      </span>
    ) : (
      stretch.text
    ),
  );
}

const problemOf = (error: unknown) =>
  isProblem(error, "assessment_running") ? words.correction.busy : messageOf(error);
