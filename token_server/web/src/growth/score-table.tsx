import { Anchor, Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";

import type { Category, ProgressPoint } from "../api/types";
import { formatDate } from "../format";
import { shortTitle } from "../interview-title";
import { texts } from "../texts";
import classes from "./score-table.module.css";

const words = texts.progress;
const SHOWN_ROWS = 8;
const categories = Object.keys(texts.report.categories) as Category[];

/** What the charts show, in figures. Newest first. */
export function ScoreTable({ points }: { points: ProgressPoint[] }) {
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? points.toReversed() : points.toReversed().slice(0, SHOWN_ROWS);
  return (
    <>
      <table className={classes.scores}>
        <thead>
          <tr>
            <th scope="col">{words.tableAttempt}</th>
            <th scope="col">{words.tableOverall}</th>
            {categories.map((category) => (
              <th key={category} scope="col">
                {texts.report.categories[category]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((point) => (
            <tr key={point.attempt_id}>
              <th scope="row">
                <Anchor component={Link} to={`/attempts/${point.attempt_id}/report`} size="sm" fw={520}>
                  {words.attempt(shortTitle(point.title), point.number)}
                </Anchor>
                <span className={classes.about}>
                  {formatDate(point.ended_at)} · {texts.vocabulary.type[point.interview_type]} ·{" "}
                  {texts.vocabulary.level[point.level]}
                  {!point.judged_as_newest && ` · ${words.tableOtherwise}`}
                </span>
              </th>
              <Score label={words.tableOverall} score={point.overall_score} />
              {categories.map((category) => (
                <Score
                  key={category}
                  label={texts.report.categories[category]}
                  score={point.categories[category] ?? null}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.some(hasNone) && (
        <p className={classes.about} aria-hidden="true">
          {words.tableNoneNote}
        </p>
      )}
      {shown.length < points.length && (
        <Button variant="default" mx="auto" onClick={() => setIsAll(true)}>
          {words.tableAll(points.length)}
        </Button>
      )}
    </>
  );
}

const hasNone = (point: ProgressPoint) =>
  point.overall_score === null || categories.some((category) => (point.categories[category] ?? null) === null);

function Score({ label, score }: { label: string; score: number | null }) {
  return (
    <td data-label={label}>
      {score ?? (
        <>
          <span aria-hidden="true">–</span>
          <span className="visually-hidden">{words.tableNone}</span>
        </>
      )}
    </td>
  );
}
