import type { PointCoverage } from "../api/types";
import { texts } from "../texts";

const words = texts.report;

/** Why something that was talked about isn't called heard, or what was said in its place. */
export function cautionOf({ caution, misconception }: Pick<PointCoverage, "caution" | "misconception">): string | null {
  if (!caution) return null;
  return misconception ? words.misconception(misconception) : words.cautions[caution];
}

/** The words that come closest to what is only partly heard are no proof of it, and aren't shown as one. */
export function isOnlyNearest(point: PointCoverage): boolean {
  return point.covered === "partly" && !point.misconception;
}
