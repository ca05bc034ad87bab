import { NativeSelect } from "@mantine/core";

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
  onChoose: (from: string, to: string) => void;
}

/** Which two. Choosing on one side what stands on the other changes the sides. */
export function AttemptChoice({ attempts, from, to, onChoose }: AttemptChoiceProps) {
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
        onChange={({ currentTarget: { value } }) => onChoose(value, (value === to ? from : to) ?? value)}
      />
      <NativeSelect
        label={words.to}
        data={options}
        value={to ?? ""}
        onChange={({ currentTarget: { value } }) => onChoose((value === from ? to : from) ?? value, value)}
      />
    </div>
  );
}
