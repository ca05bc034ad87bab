import { Anchor, Button, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";

import type { ProgressPoint, RecurringArea } from "../api/types";
import { formatDate } from "../format";
import { fullTitle } from "../interview-title";
import { texts } from "../texts";
import classes from "./recurring-areas.module.css";

const words = texts.progress;
const SHOWN_ATTEMPTS = 4;

interface RecurringAreasProps {
  areas: RecurringArea[];
  points: ProgressPoint[];
}

/** Advice that was given more than once, most often given first, with the attempts that it was given in. */
export function RecurringAreas({ areas, points }: RecurringAreasProps) {
  if (areas.length === 0) return <Text c="dimmed">{words.areasEmpty}</Text>;
  return (
    <ol className={classes.areas}>
      {areas.map((area) => (
        <li key={area.text} className={classes.area}>
          <div>
            <p className={classes.text}>{area.text}</p>
            <p className={classes.suggestion}>
              <b>{texts.report.suggestion}:</b> {area.suggestion}
            </p>
          </div>
          <div className={classes.facts}>
            <p className={classes.trend}>{words.areaTrend[area.trend]}</p>
            <p>{words.areaSeen(area.count)}</p>
            <p>{words.areaTime(formatDate(area.first_seen), formatDate(area.last_seen))}</p>
          </div>
          <FoundIn area={area} points={points} />
        </li>
      ))}
    </ol>
  );
}

/** Newest first. */
function FoundIn({ area, points }: { area: RecurringArea; points: ProgressPoint[] }) {
  const [isAll, setIsAll] = useState(false);
  const found = area.attempts
    .toReversed()
    .flatMap((attemptId) => points.find((point) => point.attempt_id === attemptId) ?? []);
  const shown = isAll ? found : found.slice(0, SHOWN_ATTEMPTS);
  return (
    <div className={classes.found}>
      <ul className={classes.attempts} aria-label={words.areaAttempts}>
        {shown.map((point) => (
          <li key={point.attempt_id}>
            <Anchor component={Link} to={`/attempts/${point.attempt_id}/report`} size="sm">
              {words.attempt(fullTitle(point.title), point.number)}
            </Anchor>
          </li>
        ))}
      </ul>
      {shown.length < found.length && (
        <Button variant="subtle" size="compact-sm" ml={-8} onClick={() => setIsAll(true)}>
          {words.areaMore(found.length - shown.length)}
        </Button>
      )}
    </div>
  );
}
