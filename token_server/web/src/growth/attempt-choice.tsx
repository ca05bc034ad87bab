import { NativeSelect } from "@mantine/core";
import { useEffect, useRef } from "react";

import type { AttemptOfInterview } from "../api/types";
import { formatDate } from "../format";
import { texts } from "../texts";
import classes from "./attempt-choice.module.css";

const words = texts.compare;

interface AttemptChoiceProps {
  /** Those that have a report, newest first. */
  attempts: AttemptOfInterview[];
  from: string | null;
  to: string | null;
  onChoose: (chosen: Record<Side, string>) => void;
}

type Side = "from" | "to";

/** Which two. Choosing on one side what stands on the other changes the sides. */
export function AttemptChoice({ attempts, from, to, onChoose }: AttemptChoiceProps) {
  // The address follows a choice a moment later, and a second choice may come before that.
  const latest = useRef({ from, to });
  useEffect(() => {
    latest.current = { from, to };
  }, [from, to]);
  const choose = (side: Side, value: string) => {
    const other = side === "from" ? "to" : "from";
    const now = latest.current;
    const chosen = { from: value, to: value, [other]: (value === now[other] ? now[side] : now[other]) ?? value };
    latest.current = chosen;
    onChoose(chosen);
  };
  const options = attempts.map((attempt) => ({
    value: attempt.id,
    label: words.option(attempt.number, formatDate(attempt.ended_at ?? attempt.created_at), attempt.overall_score),
  }));
  return (
    <div className={classes.choice}>
      <NativeSelect
        label={words.from}
        data={options}
        value={from ?? ""}
        onChange={({ currentTarget: { value } }) => choose("from", value)}
      />
      <NativeSelect
        label={words.to}
        data={options}
        value={to ?? ""}
        onChange={({ currentTarget: { value } }) => choose("to", value)}
      />
    </div>
  );
}
