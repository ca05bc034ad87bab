import { BANDS } from "../report/bands";
import { texts } from "../texts";
import classes from "./line-chart.module.css";

export interface ChartPoint {
  /** Among all attempts, from 0, so that the charts of a page stand in line. */
  place: number;
  score: number;
  label: string;
  /** Scores of another judge aren't on this one's scale: no line leads to them. */
  isComparable: boolean;
}

interface LineChartProps {
  points: ChartPoint[];
  places: number;
  /** Says what the line shows to those who don't see it. */
  label: string;
  /** Larger, with the names of the bands beside it. */
  named?: boolean;
}

const HIGHEST = 100;
const MOST_DOTS = 40;
const RADIUS = { small: 3.5, large: 4.5 };

/** Scores from 0 to 100, one after the other. Places are percentages, so the drawing fits any width undistorted. */
export function LineChart({ points, places, label, named = false }: LineChartProps) {
  const x = ({ place }: ChartPoint) => `${places > 1 ? (100 * place) / (places - 1) : 50}%`;
  const y = (score: number) => `${HIGHEST - score}%`;
  const line = points.filter((point) => point.isComparable);
  // Of many, the line shows all but those that aren't on it.
  const dots = points.length > MOST_DOTS ? points.filter((one) => !one.isComparable || one === line.at(-1)) : points;
  const radius = named ? RADIUS.large : RADIUS.small;
  return (
    <div className={classes.frame} data-named={named}>
      <svg role="img" aria-label={label} className={classes.chart}>
        {BANDS.map(({ name, from }) => (
          <line key={name} className={classes.edge} x1="0" x2="100%" y1={y(from)} y2={y(from)} />
        ))}
        {line.slice(1).map((point, index) => {
          const before = line[index] ?? point;
          return (
            <line
              key={point.place}
              className={classes.line}
              x1={x(before)}
              y1={y(before.score)}
              x2={x(point)}
              y2={y(point.score)}
            />
          );
        })}
        {dots.map((point) => (
          <circle
            key={point.place}
            className={point.isComparable ? classes.dot : classes.hollow}
            cx={x(point)}
            cy={y(point.score)}
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
