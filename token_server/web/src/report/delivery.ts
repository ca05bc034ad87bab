// How somebody spoke: which figures have a sensible range, and what there is to say about each.
import type { Delivery } from "../api/types";
import { formatClock } from "../format";
import { texts } from "../texts";
import scoring from "./scoring.json";

const words = texts.report;
const { pace, fillers_a_minute, long_pause_sec } = scoring;

export type DeliveryFigure = keyof Delivery;
export type RangedFigure = "words_per_minute" | "filler_words_per_minute" | "longest_pause_sec";
type Span = readonly [number, number];

export const DELIVERY_FIGURES = Object.keys(words.delivery) as DeliveryFigure[];
/** `scale`: the two ends of what is drawn. */
export const RANGES: Readonly<Record<RangedFigure, { sensible: Span; scale: Span }>> = {
  words_per_minute: { sensible: [pace.full_from, pace.full_to], scale: [pace.none_below, pace.none_above] },
  filler_words_per_minute: { sensible: [0, fillers_a_minute], scale: [0, 3 * fillers_a_minute] },
  longest_pause_sec: { sensible: [0, long_pause_sec], scale: [0, 3 * long_pause_sec] },
};
export const RANGED_FIGURES = Object.keys(RANGES) as RangedFigure[];

export const isRanged = (name: DeliveryFigure): name is RangedFigure => name in RANGES;

export function placeOf(name: RangedFigure, value: number): "below" | "within" | "above" {
  const [from, to] = RANGES[name].sensible;
  if (value < from) return "below";
  // A pause is long from the bound on; elsewhere the bound is still sensible.
  return value > to || (name === "longest_pause_sec" && value === to) ? "above" : "within";
}

export const sensibleRangeOf = (name: RangedFigure): string => words.deliveryRange[name](...RANGES[name].sensible);

/** What is sensible, and where this figure lies. */
export function rangeInWords(name: DeliveryFigure, value: number | null): string {
  if (!isRanged(name)) return words.deliveryRange[name];
  const range = sensibleRangeOf(name);
  return value === null ? `${range}.` : `${range}; ${words.deliveryPlace[name][placeOf(name, value)]}.`;
}

export function whyNotMeasured(name: DeliveryFigure, delivery: Delivery): string {
  // The pace needs the fewest words of all.
  if (delivery.words_per_minute === null) return words.tooLittleSaid;
  return name === "filler_words_per_minute" ? words.fillersDropped : words.nothingToMeasure;
}

export function shownFigure(name: DeliveryFigure, value: number): string {
  if (name === "talk_time_sec") return formatClock(value);
  return name === "words_per_minute" ? String(Math.round(value)) : value.toFixed(1);
}
