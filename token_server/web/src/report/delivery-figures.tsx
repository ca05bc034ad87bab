import type { Delivery } from "../api/types";
import { texts } from "../texts";
import { DELIVERY_FIGURES, isRanged, rangeInWords, RANGES, shownFigure, whyNotMeasured } from "./delivery";
import { RangeBar } from "./range-bar";
import classes from "./rows.module.css";

const words = texts.report;

export function DeliveryFigures({ delivery }: { delivery: Delivery }) {
  return (
    <dl className={classes.rows}>
      {DELIVERY_FIGURES.map((name) => {
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
                    <b>{shownFigure(name, value)}</b> {words.delivery[name].unit}
                  </p>
                  {isRanged(name) && <RangeBar value={value} {...RANGES[name]} />}
                </>
              )}
            </dd>
            <dd className={classes.why}>
              <p>{rangeInWords(name, value)}</p>
              <p className={classes.detail}>
                {value === null ? whyNotMeasured(name, delivery) : words.delivery[name].measured}
              </p>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
