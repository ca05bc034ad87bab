import { Anchor } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";

import type { ProgressPoint } from "../api/types";
import { Disclosure } from "../components/disclosure";
import { formatDate, formatterFor } from "../format";
import { placeOf, RANGED_FIGURES, type RangedFigure, RANGES, sensibleRangeOf, shownFigure } from "../report/delivery";
import rows from "../report/rows.module.css";
import { fullTitle } from "../interview-title";
import { texts } from "../texts";
import { LineChart } from "./line-chart";
import classes from "./progress-view.module.css";
import tableClasses from "./score-table.module.css";

const words = texts.progress;
const { delivery } = texts.report;

/** Pace, fillers and pauses, each against its sensible range. Whoever judged: they are counted, not judged. */
export function DeliveryOverTime({ points }: { points: ProgressPoint[] }) {
  const [tableOpened, setTableOpened] = useState(false);
  return (
    <>
      <ul className={rows.rows}>
        {RANGED_FIGURES.map((name) => (
          <Figure key={name} name={name} points={points} />
        ))}
      </ul>
      <p className={classes.note}>{words.deliveryNote}</p>
      <Disclosure title={words.deliveryTable} order={4} opened={tableOpened} onToggle={setTableOpened}>
        <DeliveryTable points={points} />
      </Disclosure>
    </>
  );
}

function Figure({ name, points }: { name: RangedFigure; points: ProgressPoint[] }) {
  const { sensible, scale } = RANGES[name];
  const { label, unit } = delivery[name];
  const format = formatterFor(points.map((point) => point.ended_at));
  const measured = points.flatMap((point, place) => {
    const value = point.delivery[name];
    if (value === null) return [];
    return [{ place, value, endedAt: point.ended_at, label: `${format(point.ended_at)}: ${shownFigure(name, value)} ${unit}`, isComparable: true }];
  });
  const last = measured.at(-1);
  const placed = last ? words.deliveryLast(placeOf(name, last.value)) : "";
  const isNewest = last?.place === points.length - 1;
  return (
    <li className={`${rows.row ?? ""} ${classes.category ?? ""}`}>
      <div>
        <h3 className={rows.name}>{label}</h3>
        <p className={rows.gloss}>{sensibleRangeOf(name)}</p>
      </div>
      <div className={`${rows.figure ?? ""} ${classes.figure ?? ""}`}>
        {last ? (
          <>
            <p className={rows.value}>
              <b>{shownFigure(name, last.value)}</b> {unit}
            </p>
            <p className={rows.detail}>{isNewest ? placed : words.deliveryOn(placed, formatDate(last.endedAt))}</p>
          </>
        ) : (
          <span className={rows.none}>{texts.report.notMeasured}</span>
        )}
      </div>
      {last && measured.length > 1 && (
        <LineChart
          points={measured}
          places={points.length}
          scale={scale}
          range={sensible}
          label={words.deliveryChart(label, sensibleRangeOf(name), `${shownFigure(name, last.value)} ${unit}`)}
        />
      )}
      {!last && <p className={rows.detail}>{words.deliveryNone}</p>}
    </li>
  );
}

/** Newest first. */
function DeliveryTable({ points }: { points: ProgressPoint[] }) {
  return (
    <table className={tableClasses.scores}>
      <thead>
        <tr>
          <th scope="col">{words.tableAttempt}</th>
          {RANGED_FIGURES.map((name) => (
            <th key={name} scope="col">
              {delivery[name].label}, {delivery[name].unit}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map((point) => (
          <tr key={point.attempt_id}>
            <th scope="row">
              <Anchor component={Link} to={`/attempts/${point.attempt_id}/report`} size="sm" fw={520}>
                {words.attempt(fullTitle(point.title), point.number)}
              </Anchor>
              <span className={tableClasses.about}>{formatDate(point.ended_at)}</span>
            </th>
            {RANGED_FIGURES.map((name) => {
              const value = point.delivery[name];
              return (
                <td key={name} data-label={delivery[name].label}>
                  {value === null ? texts.report.notMeasured : shownFigure(name, value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
