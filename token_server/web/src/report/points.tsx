import { IconCheck, IconCircleHalf2, IconMinus } from "@tabler/icons-react";

import type { PointCoverage } from "../api/types";
import { texts } from "../texts";
import { Caution } from "./caution";
import { isOnlyNearest } from "./point-words";
import classes from "./points.module.css";
import { Quote } from "./quotes";

const words = texts.report;
const ICONS = { yes: IconCheck, partly: IconCircleHalf2, no: IconMinus };

/** What was expected of an answer, and what of it was heard. */
export function Points({ points }: { points: PointCoverage[] }) {
  if (points.length === 0) return null;
  return (
    <div>
      <h4 className={classes.title}>{words.pointsTitle}</h4>
      <ul className={classes.points}>
        {points.map((point) => (
          <Point key={point.point_id || point.point} point={point} />
        ))}
      </ul>
    </div>
  );
}

function Point({ point }: { point: PointCoverage }) {
  const Icon = ICONS[point.covered];
  return (
    <li className={classes.point} data-covered={point.covered}>
      <Icon size={18} aria-hidden className={classes.icon} />
      <div className={classes.body}>
        <p className={classes.claim}>{point.point}</p>
        <p className={classes.state}>
          <b>{words.covered[point.covered]}</b> · {words.importance[point.importance ?? "must"]}
        </p>
        <Caution point={point} />
        {point.quote && isOnlyNearest(point) && <p className={classes.nearest}>{words.nearest}</p>}
        {point.quote && <Quote text={point.quote} turnSeq={point.turn_seq} startedMs={point.started_ms} />}
      </div>
    </li>
  );
}
