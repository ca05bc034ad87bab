import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import type { Feedback } from "../api/types";
import { texts } from "../texts";
import { Categories } from "./categories";
import { DeliveryFigures } from "./delivery-figures";
import classes from "./feedback-view.module.css";
import { Quotes } from "./quotes";
import { Questions } from "./questions";

const words = texts.report;

export function FeedbackView({ feedback }: { feedback: Feedback }) {
  const { grader } = feedback;
  return (
    <div className={classes.report}>
      <div className={classes.summary}>
        <div className={classes.overall}>
          <Text c="dimmed">{words.overall}</Text>
          {feedback.overall_score === null ? (
            <p className={classes.noScore}>{words.noOverall}</p>
          ) : (
            <p className={classes.score} data-testid="overall-score">
              {feedback.overall_score} <small>{words.outOf}</small>
            </p>
          )}
        </div>
        <section aria-labelledby="final-title">
          <Title order={2} size="h3" id="final-title" mb={6}>
            {words.finalTitle}
          </Title>
          <p className={classes.final}>{feedback.final_assessment}</p>
        </section>
      </div>
      <Section title={words.categoriesTitle}>
        <Categories categories={feedback.categories} />
      </Section>
      <div className={classes.columns}>
        <Section title={words.strengthsTitle}>
          {feedback.strengths.length === 0 && <Text c="dimmed">{words.strengthsEmpty}</Text>}
          <ul className={classes.claims}>
            {feedback.strengths.map((strength) => (
              <li key={strength.text}>
                <p className={classes.claim}>{strength.text}</p>
                <Quotes evidence={strength.evidence} />
              </li>
            ))}
          </ul>
        </Section>
        <Section title={words.areasTitle}>
          {feedback.areas_for_improvement.length === 0 && <Text c="dimmed">{words.areasEmpty}</Text>}
          <ul className={classes.claims}>
            {feedback.areas_for_improvement.map((area) => (
              <li key={area.text}>
                <p className={classes.claim}>{area.text}</p>
                <Quotes evidence={area.evidence ?? []} />
                <p className={classes.suggestion}>
                  <b>{words.suggestion}:</b> {area.suggestion}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <Section title={words.questionsTitle}>
        <Questions questions={feedback.questions} />
      </Section>
      <Section title={words.deliveryTitle}>
        <DeliveryFigures delivery={feedback.delivery} />
      </Section>
      <section className={classes.how} aria-labelledby="how-title">
        <Title order={2} size="h3" id="how-title">
          {words.howTitle}
        </Title>
        {words.how.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p className={classes.grader}>
          {words.grader} {words.graderKind[grader.kind]} ({grader.model}).{" "}
          {words.graderVersions(grader.rubric_version, grader.prompt_version, grader.bank_version ?? "")}
        </p>
      </section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2}>{title}</Title>
      {children}
    </section>
  );
}
