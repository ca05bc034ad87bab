import scoring from "./scoring.json";

export type BandName = keyof typeof scoring.bands;

interface Band {
  name: BandName;
  from: number;
  to: number;
}

const HIGHEST = 100;
const starts = Object.entries(scoring.bands).sort(([, one], [, other]) => one - other);

/** From the lowest to the highest. */
export const BANDS: readonly Band[] = starts.map(([name, from], index) => ({
  name: name as BandName,
  from,
  to: starts[index + 1]?.[1] ?? HIGHEST,
}));

export const bandOf = (score: number): BandName => BANDS.findLast((band) => score >= band.from)?.name ?? "early";
