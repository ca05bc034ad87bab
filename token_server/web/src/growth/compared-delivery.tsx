import type { DeliveryChange, FigureChange } from "../api/types";
import { formatClock } from "../format";
import rows from "../report/rows.module.css";
import { texts } from "../texts";
import { FromTo } from "./change";
import classes from "./compared-questions.module.css";

const words = texts.compare;
type Figure = keyof DeliveryChange;
const DECIMALS: Partial<Record<Figure, number>> = { words_per_minute: 0, talk_time_sec: 0 };
const DEFAULT_DECIMALS = 1;

export function ComparedDelivery({ delivery }: { delivery: DeliveryChange }) {
  const figures = Object.keys(texts.report.delivery) as Figure[];
  return (
    <>
      <p className={classes.note}>{words.deliveryNote}</p>
      <dl className={rows.rows}>
        {figures.map((name) => {
          const { from, to } = delivery[name];
          return (
            <div key={name} className={rows.row}>
              <dt className={rows.name}>{texts.report.delivery[name].label}</dt>
              <dd className={rows.figure}>
                {from === null && to === null ? (
                  <span className={rows.none}>{words.notMeasured}</span>
                ) : (
                  <p className={`${rows.value ?? ""} ${classes.measured ?? ""}`}>
                    <FromTo from={shown(name, from)} to={shown(name, to)} none={words.notMeasured} />{" "}
                    {words.deliveryUnit[name]}
                  </p>
                )}
              </dd>
              <dd className={rows.why}>{differenceInWords(name, delivery[name])}</dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

function differenceInWords(name: Figure, { from, to }: FigureChange): string {
  if (from === null || to === null) return words.notMeasuredNote;
  // Of the figures as they are shown, so that the three of them agree.
  const difference = rounded(name, to) - rounded(name, from);
  if (difference === 0) return words.deliverySame;
  const by = Math.abs(difference).toFixed(decimalsOf(name));
  return words.deliveryDifference[name][difference > 0 ? "more" : "less"](by);
}

const decimalsOf = (name: Figure) => DECIMALS[name] ?? DEFAULT_DECIMALS;

function rounded(name: Figure, value: number): number {
  return name === "talk_time_sec" ? Math.floor(value) : Number(value.toFixed(decimalsOf(name)));
}

function shown(name: Figure, value: number | null): string | null {
  if (value === null) return null;
  return name === "talk_time_sec" ? formatClock(value) : value.toFixed(decimalsOf(name));
}
