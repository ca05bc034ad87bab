import { Button, Text } from "@mantine/core";
import { Link } from "react-router";

import type { Category, Progress, ProgressPoint } from "../api/types";
import { Section } from "../components/section";
import { formatDate } from "../format";
import { bandOf } from "../report/bands";
import rows from "../report/rows.module.css";
import { texts } from "../texts";
import { DeliveryOverTime } from "./delivery-over-time";
import { type ChartPoint, LineChart } from "./line-chart";
import classes from "./progress-view.module.css";
import { RecurringAreas } from "./recurring-areas";
import { ScoreTable } from "./score-table";
import { TrendName, trendInWords } from "./trend-name";
import { practisedAreas, weakestOf } from "./weakest";

const words = texts.progress;

export function ProgressView({ progress }: { progress: Progress }) {
  const { points, overall_trend: overall } = progress;
  const first = points[0];
  const last = points.at(-1);
  return (
    <div className={classes.progress}>
      <section className={classes.summary} aria-labelledby="overall-title">
        <div className={classes.overall}>
          <Text c="dimmed" component="h2" id="overall-title" fw={450} fz="md">
            {words.overall}
          </Text>
          {overall.last === null ? (
            <p className={classes.noScore}>{words.noScore}</p>
          ) : (
            <p className={classes.score} data-testid="last-score">
              {overall.last} <small>{texts.report.outOf}</small>
            </p>
          )}
          <div>
            <TrendName trend={overall} />
          </div>
          <p className={rows.detail}>{trendInWords(overall)}</p>
        </div>
        <div>
          <LineChart
            named
            points={chartPoints(points, (point) => point.overall_score)}
            places={points.length}
            label={words.chart(texts.compare.overall, trendInWords(overall))}
          />
          <p className={classes.dates}>
            <span>{first && formatDate(first.ended_at)}</span>
            <span>{last && formatDate(last.ended_at)}</span>
          </p>
        </div>
      </section>
      <Section title={words.categoriesTitle}>
        <ul className={rows.rows}>
          {progress.categories.map(({ category, trend }) => (
            <li key={category} className={`${rows.row ?? ""} ${classes.category ?? ""}`}>
              <div>
                <h3 className={rows.name}>{texts.report.categories[category]}</h3>
                <p className={rows.gloss}>{texts.report.categoryNotes[category]}</p>
              </div>
              <div className={`${rows.figure ?? ""} ${classes.figure ?? ""}`}>
                {trend.last === null ? (
                  <span className={rows.none}>{texts.report.notEnough}</span>
                ) : (
                  <p className={rows.value}>
                    <b>{trend.last}</b> {texts.report.bands[bandOf(trend.last)]}
                  </p>
                )}
                <div>
                  <TrendName trend={trend} />
                </div>
                <p className={rows.detail}>{trendInWords(trend)}</p>
              </div>
              <CategoryChart points={points} category={category} summary={trendInWords(trend)} />
            </li>
          ))}
        </ul>
        <p className={classes.note}>{words.trendNote}</p>
        {points.some((point) => !point.judged_as_newest) && <p className={classes.note}>{words.judgedOtherwise}</p>}
      </Section>
      <Section title={texts.report.deliveryTitle}>
        <DeliveryOverTime points={points} />
      </Section>
      <Section title={words.areasTitle}>
        <RecurringAreas areas={progress.recurring_areas} points={points} />
      </Section>
      <Weakest progress={progress} />
      <Section title={words.tableTitle}>
        <ScoreTable points={points} />
      </Section>
    </div>
  );
}

interface CategoryChartProps {
  points: ProgressPoint[];
  category: Category;
  summary: string;
}

function CategoryChart({ points, category, summary }: CategoryChartProps) {
  return (
    <LineChart
      points={chartPoints(points, (point) => point.categories[category] ?? null)}
      places={points.length}
      label={words.chart(texts.report.categories[category], summary)}
    />
  );
}

function chartPoints(points: ProgressPoint[], scoreOf: (point: ProgressPoint) => number | null): ChartPoint[] {
  return points.flatMap((point, place) => {
    const score = scoreOf(point);
    if (score === null) return [];
    return [
      { place, value: score, label: words.pointLabel(formatDate(point.ended_at), score), isComparable: point.judged_as_newest },
    ];
  });
}

function Weakest({ progress }: { progress: Progress }) {
  const weakest = weakestOf(progress);
  const like = progress.points.at(-1);
  if (!weakest || !like) return null;
  const practised = practisedAreas(progress);
  const type = practised.length > 0 ? "mixed" : weakest.type;
  const search = new URLSearchParams({ like: like.interview_id, type, ...(practised.length > 0 && { focus: "weakest" }) });
  return (
    <section className={classes.weakest} aria-labelledby="weakest-title">
      <div>
        <h2 className={classes.weakestTitle} id="weakest-title">
          {words.weakestTitle}
        </h2>
        <p>{words.weakest(texts.report.categories[weakest.category], weakest.mean, weakest.count)}</p>
        {practised.length > 0 && (
          <>
            <p className={classes.practised}>{words.practised}</p>
            <ul className={classes.areas}>
              {practised.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
        <p className={rows.detail}>{words.practiseNote(texts.vocabulary.type[type])}</p>
      </div>
      <Button component={Link} to={`/interviews/new?${search.toString()}`}>
        {words.practise}
      </Button>
    </section>
  );
}
