import { Line, LineChart as Chart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { BANDS } from "../report/bands";
import { texts } from "../texts";
import classes from "./line-chart.module.css";

export interface ChartPoint {
  /** Among all attempts, from 0, so that the charts of a page stand in line. */
  place: number;
  value: number;
  label: string;
  /** Scores of another judge aren't on this one's scale: no line leads to them. */
  isComparable: boolean;
}

interface LineChartProps {
  points: ChartPoint[];
  places: number;
  /** What the lower and the upper edge stand for. What lies beyond is drawn at the edge. */
  scale?: readonly [number, number];
  /** A part of the scale that is marked instead of the bands. */
  range?: readonly [number, number];
  /** Says what the line shows to those who don't see it. */
  label: string;
  /** Larger, with the names of the bands beside it. */
  named?: boolean;
}

const SCORES = [0, 100] as const;
const MOST_DOTS = 40;
const RADIUS = { small: 3.5, large: 4.5 };
const BAND_EDGE = { stroke: "var(--line)" };
const RANGE_EDGE = { stroke: "var(--ink-faint)", strokeDasharray: "3 4" };
/** Until the space is measured: recharts takes -1, and complains about it. */
const UNMEASURED = { width: 1, height: 1 };
const STILL = { activeDot: false, isAnimationActive: false };

interface Drawn {
  point: ChartPoint;
  place: number;
  onLine: number | null;
  apart: number | null;
}

/** Values one after the other, scores unless told otherwise. A pointer near one shows what it is. */
export function LineChart({ points, places, scale = SCORES, range, label, named = false }: LineChartProps) {
  const [least, most] = scale;
  const radius = named ? RADIUS.large : RADIUS.small;
  const newest = points.findLast((point) => point.isComparable);
  // Of many, the line shows all but those that aren't on it.
  const hasDot = (point: ChartPoint) => points.length <= MOST_DOTS || !point.isComparable || point === newest;
  const drawn: Drawn[] = points.map((point) => {
    const value = Math.min(most, Math.max(least, point.value));
    return { point, place: point.place, onLine: point.isComparable ? value : null, apart: point.isComparable ? null : value };
  });
  const dot = ({ cx, cy, payload }: { cx?: number; cy?: number; payload?: Drawn }) =>
    payload && cx !== undefined && cy !== undefined && hasDot(payload.point) ? (
      <circle
        key={payload.point.place}
        className={payload.point.isComparable ? classes.dot : classes.hollow}
        cx={cx}
        cy={cy}
        r={radius}
      />
    ) : null;
  return (
    <div className={classes.frame} data-named={named}>
      <div role="img" aria-label={label} className={classes.chart}>
        <ResponsiveContainer initialDimension={UNMEASURED}>
          <Chart data={drawn} margin={{ top: 0, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <XAxis dataKey="place" type="number" domain={[0, Math.max(0, places - 1)]} hide />
            <YAxis type="number" domain={[least, most]} hide />
            {range && <ReferenceArea y1={range[0]} y2={range[1]} fill="var(--accent-soft)" fillOpacity={1} />}
            {(range ?? BANDS.map(({ from }) => from)).map((edge) => (
              // Dashed as well as shaded: in grey the shade is faint.
              <ReferenceLine key={edge} y={edge} {...(range ? RANGE_EDGE : BAND_EDGE)} />
            ))}
            <Line {...STILL} dataKey="onLine" stroke="var(--accent)" strokeWidth={2} dot={dot} connectNulls />
            <Line {...STILL} dataKey="apart" stroke="none" dot={dot} />
            <Tooltip
              isAnimationActive={false}
              cursor={false}
              content={({ payload }) => <span className={classes.told}>{pointOf(payload[0]?.payload)?.label}</span>}
            />
          </Chart>
        </ResponsiveContainer>
      </div>
      {named && (
        <div className={classes.bands} aria-hidden="true">
          {BANDS.map(({ name, from, to }) => (
            <span key={name} style={{ top: `${(100 * (most - (from + to) / 2)) / (most - least)}%` }}>
              {texts.report.bands[name]}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** Recharts doesn't say of what kind the things are that it was given. */
function pointOf(drawn: unknown): ChartPoint | undefined {
  return (drawn as Drawn | undefined)?.point;
}
