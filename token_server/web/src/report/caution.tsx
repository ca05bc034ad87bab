import { IconAlertTriangle } from "@tabler/icons-react";

import type { PointCoverage } from "../api/types";
import { texts } from "../texts";
import classes from "./caution.module.css";

/** Why something that was talked about isn't called heard. */
export function Caution({ caution, misconception }: Pick<PointCoverage, "caution" | "misconception">) {
  if (!caution) return null;
  const words = texts.report;
  return (
    <p className={classes.caution}>
      <IconAlertTriangle size={16} aria-hidden /> {misconception ? words.misconception(misconception) : words.cautions[caution]}
    </p>
  );
}
