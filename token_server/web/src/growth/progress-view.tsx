import { Text } from "@mantine/core";

import type { Progress, ProgressPoint, Trend } from "../api/types";
import { Section } from "../components/section";
import { bandOf } from "../report/bands";
import rows from "../report/rows.module.css";
import { texts } from "../texts";
import { DeliveryOverTime } from "./delivery-over-time";
import classes from "./progress-view.module.css";
import { PractiseWeakest } from "./practise-weakest";
import { RecurringAreas } from "./recurring-areas";
import { ScoreChart } from "./score-chart";
import { ScoreTable } from "./score-table";
import { isTrend, TrendName, trendInWords } from "./trend-name";

const words = texts.progress;

export function ProgressView({ progress }: { progress: Progress }) {
  const { points, categories, overall_trend: overall } = progress;
  const hasTrend = isTrend(overall) || categories.some(({ trend }) => isTrend(trend));
  return (
    <div className={classes.progress}>
      <Overall points={points} trend={overall} />
      <Section title={words.categoriesTitle}>
        <ul className={rows.rows}>
          {categories.map(({ category, trend }) => (
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
                <TrendName trend={trend} />
                {trend.count > 1 && <p className={rows.detail}>{trendInWords(trend)}</p>}
              </div>
              <ScoreChart
                points={points}
                scoreOf={(point) => point.categories[category] ?? null}
                label={words.chart(texts.report.categories[category], trendInWords(trend))}
              />
            </li>
          ))}
        </ul>
        {hasTrend && <p className={classes.note}>{words.trendNote}</p>}
        {points.some((point) => !point.judged_as_newest) && <p className={classes.note}>{words.judgedOtherwise}</p>}
      </Section>
      <Section title={texts.report.deliveryTitle}>
        <DeliveryOverTime points={points} />
      </Section>
      <Section title={words.areasTitle}>
        <RecurringAreas areas={progress.recurring_areas} points={points} />
      </Section>
      <PractiseWeakest progress={progress} />
      <Section title={words.tableTitle}>
        <ScoreTable points={points} />
      </Section>
    </div>
  );
}

function Overall({ points, trend }: { points: ProgressPoint[]; trend: Trend }) {
  const isFromEarlier = trend.last !== null && points.at(-1)?.overall_score === null;
  return (
    <section className={classes.summary} aria-labelledby="overall-title">
      <div className={classes.overall}>
        <Text c="dimmed" component="h2" id="overall-title" fw={450} fz="md">
          {words.overall}
        </Text>
        {trend.last === null ? (
          <p className={classes.noScore}>{words.noScore}</p>
        ) : (
          <p className={classes.score} data-testid="last-score">
            {trend.last} <small>{texts.report.outOf}</small>
          </p>
        )}
        <TrendName trend={trend} />
        {trend.count > 1 && <p className={rows.detail}>{trendInWords(trend)}</p>}
        {isFromEarlier && <p className={rows.detail}>{words.fromEarlier}</p>}
        {trend.count > 0 && !isTrend(trend) && <p className={rows.detail}>{words.tooFew}</p>}
      </div>
      <ScoreChart
        named
        points={points}
        scoreOf={(point) => point.overall_score}
        label={words.chart(texts.compare.overall, trendInWords(trend))}
      />
    </section>
  );
}
