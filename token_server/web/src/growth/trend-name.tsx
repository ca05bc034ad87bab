import { IconEqual, IconTrendingDown, IconTrendingUp } from "@tabler/icons-react";

import type { Trend } from "../api/types";
import { texts } from "../texts";
import classes from "./change.module.css";

const words = texts.progress;
const ICONS = {
  better: IconTrendingUp,
  worse: IconTrendingDown,
  no_real_change: IconEqual,
};

/** Nothing where there are too few scores: that is told once for a page. */
export function TrendName({ trend: { change } }: { trend: Trend }) {
  if (change === "too_few") return null;
  const Icon = ICONS[change];
  return (
    <div>
      <span className={classes.name} data-change={change}>
        <Icon size={16} aria-hidden /> {words.change[change]}
      </span>
    </div>
  );
}

export const isTrend = ({ change }: Trend) => change !== "too_few";

export const trendInWords = ({ count, first, last }: Trend) => words.trend(count, first, last);
