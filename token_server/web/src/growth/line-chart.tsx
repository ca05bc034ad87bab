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

/** Values one after the other, scores unless told otherwise. Places are percentages: it fits any width undistorted. */
export function LineChart({ points, places, scale = SCORES, range, label, named = false }: LineChartProps) {
  const x = ({ place }: ChartPoint) => `${places > 1 ? (100 * place) / (places - 1) : 50}%`;
  const [least, most] = scale;
  const height = (value: number) => (100 * (Math.min(most, Math.max(least, value)) - least)) / (most - least);
  const y = (value: number) => `${100 - height(value)}%`;
  const line = points.filter((point) => point.isComparable);
  // Of many, the line shows all but those that aren't on it.
  const dots = points.length > MOST_DOTS ? points.filter((one) => !one.isComparable || one === line.at(-1)) : points;
  const radius = named ? RADIUS.large : RADIUS.small;
  return (
    <div className={classes.frame} data-named={named}>
      <svg role="img" aria-label={label} className={classes.chart}>
        {range && (
          <rect className={classes.range} x="0" width="100%" y={y(range[1])} height={`${height(range[1]) - height(range[0])}%`} />
        )}
        {(range ?? BANDS.map(({ from }) => from)).map((edge) => (
          <line key={edge} className={classes.edge} data-range={range !== undefined} x1="0" x2="100%" y1={y(edge)} y2={y(edge)} />
        ))}
        {line.slice(1).map((point, index) => {
          const before = line[index] ?? point;
          return (
            <line
              key={point.place}
              className={classes.line}
              x1={x(before)}
              y1={y(before.value)}
              x2={x(point)}
              y2={y(point.value)}
            />
          );
        })}
        {dots.map((point) => (
          <circle
            key={point.place}
            className={point.isComparable ? classes.dot : classes.hollow}
            cx={x(point)}
            cy={y(point.value)}
            r={radius}
          >
            <title>{point.label}</title>
          </circle>
        ))}
      </svg>
      {named && (
        <div className={classes.bands} aria-hidden="true">
          {BANDS.map(({ name, from, to }) => (
            <span key={name} style={{ top: y((from + to) / 2) }}>
              {texts.report.bands[name]}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
