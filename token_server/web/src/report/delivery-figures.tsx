import type { Delivery } from "../api/types";
import { formatClock } from "../format";
import { texts } from "../texts";
import classes from "./delivery-figures.module.css";

const words = texts.report;

export function DeliveryFigures({ delivery }: { delivery: Delivery }) {
  const figures = Object.keys(words.delivery) as (keyof Delivery)[];
  return (
    <dl className={classes.figures}>
      {figures.map((name) => (
        <div key={name} className={classes.figure}>
          <dt>{words.delivery[name].label}</dt>
          <dd>
            {delivery[name] === null ? (
              <span className={classes.none}>{words.notMeasured}</span>
            ) : (
              <>
                <span className={classes.value}>{shown(name, delivery[name])}</span> {words.delivery[name].unit}
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shown(name: keyof Delivery, value: number): string {
  if (name === "talk_time_sec") return formatClock(value);
  return name === "words_per_minute" ? String(Math.round(value)) : value.toFixed(1);
}
