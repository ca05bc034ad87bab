import { IconAlertTriangle } from "@tabler/icons-react";

import type { PointCoverage } from "../api/types";
import classes from "./caution.module.css";
import { cautionOf } from "./point-words";

export function Caution({ point }: { point: Pick<PointCoverage, "caution" | "misconception"> }) {
  const caution = cautionOf(point);
  if (caution === null) return null;
  return (
    <p className={classes.caution}>
      <IconAlertTriangle size={16} aria-hidden /> {caution}
    </p>
  );
}
