import { Button, Text } from "@mantine/core";
import { Link } from "react-router";

import type { Progress, ProgressPoint, Trend } from "../api/types";
import { Section } from "../components/section";
import { bandOf } from "../report/bands";
import rows from "../report/rows.module.css";
import { texts } from "../texts";
import { DeliveryOverTime } from "./delivery-over-time";
import classes from "./progress-view.module.css";
import { RecurringAreas } from "./recurring-areas";
import { ScoreChart } from "./score-chart";
import { ScoreTable } from "./score-table";
import { isTrend, TrendName, trendInWords } from "./trend-name";
import { practisedAreas, weakestOf } from "./weakest";

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
      <Weakest progress={progress} />
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
