import { IconArrowDown, IconArrowRight, IconArrowUp, IconEqual, IconQuestionMark } from "@tabler/icons-react";

import type { ScoreChange } from "../api/types";
import { texts } from "../texts";
import classes from "./change.module.css";

const words = texts.compare;
const ICONS = {
  better: IconArrowUp,
  worse: IconArrowDown,
  no_real_change: IconEqual,
  not_comparable: IconQuestionMark,
};

interface FromToProps {
  from: string | number | null;
  to: string | number | null;
  /** Stands where there is none; `noneNow` for the new one, if that is another word. */
  none: string;
  noneNow?: string;
}

/** The old and the new, with an arrow for the eye and words for the ear. */
export function FromTo({ from, to, none, noneNow = none }: FromToProps) {
  return (
    <span className={classes.fromTo}>
      <span className="visually-hidden">{words.fromTo.from}</span> <Side value={from} none={none} />{" "}
      <IconArrowRight size={16} aria-hidden className={classes.arrow} />
      <span className="visually-hidden">{words.fromTo.to}</span> <Side value={to} none={noneNow} />
    </span>
  );
}

function Side({ value, none }: { value: string | number | null; none: string }) {
  return value === null ? <span className={classes.none}>{none}</span> : <b>{value}</b>;
}

export function ChangeName({ change }: { change: ScoreChange["change"] }) {
  const Icon = ICONS[change];
  return (
    <span className={classes.name} data-change={change}>
      <Icon size={16} aria-hidden /> {words.change[change]}
    </span>
  );
}

/** What the difference means, in plain words. `numbers` are those of the two attempts. */
export function changeInWords(score: ScoreChange, numbers: { from: number; to: number }): string {
  const { difference } = score;
  if (difference === null) {
    if (score.from === null && score.to === null) return words.neitherScored;
    return words.oneScored(score.from === null ? numbers.from : numbers.to);
  }
  const spread = Number(score.spread.toFixed(1));
  switch (score.change) {
    case "not_comparable":
      return words.otherScale(difference);
    case "no_real_change":
      return words.withinSpread(difference, spread);
    default:
      return words.beyondSpread(difference, spread);
  }
}
