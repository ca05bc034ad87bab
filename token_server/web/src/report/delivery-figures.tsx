import type { Delivery } from "../api/types";
import { formatClock } from "../format";
import { texts } from "../texts";
import { RangeBar } from "./range-bar";
import classes from "./rows.module.css";
import scoring from "./scoring.json";

const words = texts.report;
const { pace, fillers_a_minute, long_pause_sec } = scoring;

type Ranged = "words_per_minute" | "filler_words_per_minute" | "longest_pause_sec";

const RANGES = {
  words_per_minute: { sensible: [pace.full_from, pace.full_to], scale: [pace.none_below, pace.none_above] },
  filler_words_per_minute: { sensible: [0, fillers_a_minute], scale: [0, 3 * fillers_a_minute] },
  longest_pause_sec: { sensible: [0, long_pause_sec], scale: [0, 3 * long_pause_sec] },
} as const;

const isRanged = (name: keyof Delivery): name is Ranged => name in RANGES;

export function DeliveryFigures({ delivery }: { delivery: Delivery }) {
  const figures = Object.keys(words.delivery) as (keyof Delivery)[];
  return (
    <dl className={classes.rows}>
      {figures.map((name) => {
        const value = delivery[name];
        return (
          <div key={name} className={classes.row}>
            <dt className={classes.name}>{words.delivery[name].label}</dt>
            <dd className={classes.figure}>
              {value === null ? (
                <span className={classes.none}>{words.notMeasured}</span>
              ) : (
                <>
                  <p className={classes.value}>
                    <b>{shown(name, value)}</b> {words.delivery[name].unit}
                  </p>
                  {isRanged(name) && <RangeBar value={value} {...RANGES[name]} />}
                </>
              )}
            </dd>
            <dd className={classes.why}>
              <p>{rangeOf(name, value)}</p>
              <p className={classes.detail}>{value === null ? whyNot(name, delivery) : words.delivery[name].measured}</p>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function rangeOf(name: keyof Delivery, value: number | null): string {
  if (!isRanged(name)) return words.deliveryRange[name];
  const [from, to] = RANGES[name].sensible;
  const range = words.deliveryRange[name](from, to);
  return value === null ? `${range}.` : `${range}; ${words.deliveryPlace[name][placeOf(name, value)]}.`;
}

function placeOf(name: Ranged, value: number): "below" | "within" | "above" {
  const [from, to] = RANGES[name].sensible;
  if (value < from) return "below";
  // A pause is long from the bound on; elsewhere the bound is still sensible.
  return value > to || (name === "longest_pause_sec" && value === to) ? "above" : "within";
}

function whyNot(name: keyof Delivery, delivery: Delivery): string {
  // The pace needs the fewest words of all.
  if (delivery.words_per_minute === null) return words.tooLittleSaid;
  return name === "filler_words_per_minute" ? words.fillersDropped : words.nothingToMeasure;
}

function shown(name: keyof Delivery, value: number): string {
  if (name === "talk_time_sec") return formatClock(value);
  return name === "words_per_minute" ? String(Math.round(value)) : value.toFixed(1);
}
