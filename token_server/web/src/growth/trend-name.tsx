import { IconEqual, IconQuestionMark, IconTrendingDown, IconTrendingUp } from "@tabler/icons-react";

import type { Trend } from "../api/types";
import { texts } from "../texts";
import classes from "./change.module.css";

const words = texts.progress;
const ICONS = {
  better: IconTrendingUp,
  worse: IconTrendingDown,
  no_real_change: IconEqual,
  too_few: IconQuestionMark,
};

export function TrendName({ trend: { change } }: { trend: Trend }) {
  const Icon = ICONS[change];
  return (
    <span className={classes.name} data-change={change === "too_few" ? "not_comparable" : change}>
      <Icon size={16} aria-hidden /> {words.change[change]}
    </span>
  );
}

export const trendInWords = ({ count, first, last }: Trend) => words.trend(count, first, last);
