import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";

import type { Comparison } from "../api/types";
import { Notice } from "../components/notice";
import { Section } from "../components/section";
import rows from "../report/rows.module.css";
import { texts } from "../texts";
import { ChangeName, changeInWords, FromTo } from "./change";
import { ChangeBar } from "./change-bar";
import { ComparedDelivery } from "./compared-delivery";
import { ComparedQuestions, OnlyInOne } from "./compared-questions";
import classes from "./comparison-view.module.css";
import { Said } from "./said";

const words = texts.compare;

export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const { overall, categories, only_from: onlyFrom, only_to: onlyTo } = comparison;
  const numbers = { from: comparison.from.number, to: comparison.to.number };
  const attempts = { from: comparison.from.attempt_id, to: comparison.to.attempt_id };
  return (
    <div className={classes.comparison}>
      {!comparison.comparable && (
        <Notice tone="caution" title={words.notOneScaleTitle}>
          {comparison.why} {words.notOneScale}
        </Notice>
      )}
      <section className={classes.summary} aria-labelledby="overall-title">
        <div>
          <Text c="dimmed" component="h2" id="overall-title" fw={450} fz="md">
            {words.overall}
          </Text>
          <p className={classes.scores} data-testid="overall-change">
            <FromTo from={overall.from} to={overall.to} none={words.noScore} />{" "}
            {overall.to !== null && <small>{texts.report.outOf}</small>}
          </p>
        </div>
        <div className={classes.meaning}>
          <ChangeName change={overall.change} />
          <p className={classes.sentence}>{changeInWords(overall, numbers)}</p>
          <ChangeBar score={overall} />
          {overall.difference !== null && (
            <p className={classes.legend}>
              {words.legend} {comparison.comparable && words.legendSpread}
            </p>
          )}
          <p className={classes.reports}>
            {[comparison.from, comparison.to].map((one) => (
              <Anchor key={one.attempt_id} component={Link} to={`/attempts/${one.attempt_id}/report`} size="sm">
                {words.readReport(one.number)}
              </Anchor>
            ))}
          </p>
        </div>
      </section>
      <Section title={words.categoriesTitle}>
        <ul className={rows.rows}>
          {categories.map((category) => (
            <li key={category.category} className={rows.row}>
              <div>
                <h3 className={rows.name}>{texts.report.categories[category.category]}</h3>
                <p className={rows.gloss}>{texts.report.categoryNotes[category.category]}</p>
              </div>
              <div className={rows.figure}>
                {category.from === null && category.to === null ? (
                  <span className={rows.none}>{texts.report.notEnough}</span>
                ) : (
                  <>
                    <p className={rows.value}>
                      <FromTo from={category.from} to={category.to} none={words.noScore} />
                    </p>
                    <ChangeBar score={category} />
                  </>
                )}
              </div>
              <div className={rows.why}>
                <p>
                  <ChangeName change={category.change} />
                </p>
                <p>{changeInWords(category, numbers)}</p>
                <Said before={category.said_before} now={category.said_now} attempts={attempts} />
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.questionsTitle}>
        <ComparedQuestions
          questions={comparison.questions}
          attempts={attempts}
        />
      </Section>
      {onlyFrom.length + onlyTo.length > 0 && (
        <Section title={words.onlyTitle}>
          <OnlyInOne onlyFrom={onlyFrom} onlyTo={onlyTo} numbers={numbers} />
        </Section>
      )}
      <Section title={words.deliveryTitle}>
        <ComparedDelivery delivery={comparison.delivery} />
      </Section>
    </div>
  );
}
