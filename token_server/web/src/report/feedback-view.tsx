import { Anchor, Text, Title } from "@mantine/core";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";

import type { AreaForImprovement, Feedback, InterviewType, PlannedQuestion } from "../api/types";
import { Disclosure } from "../components/disclosure";
import { Section } from "../components/section";
import { texts } from "../texts";
import { bandOf } from "./bands";
import { Categories } from "./categories";
import { DeliveryFigures } from "./delivery-figures";
import { DoubtNotice } from "./doubt-notice";
import classes from "./feedback-view.module.css";
import { GraderFacts } from "./grader-facts";
import { HowScored } from "./how-scored";
import { Questions } from "./questions";
import { Quotes } from "./quotes";
import { Scale } from "./scale";

const words = texts.report;

interface FeedbackViewProps {
  feedback: Feedback;
  /** As they were planned. */
  planned: PlannedQuestion[];
  interviewType: InterviewType | null;
  madeAt: string | null;
}

export function FeedbackView({ feedback, planned, interviewType, madeAt }: FeedbackViewProps) {
  const { doubt, grader } = feedback;
  const [howOpened, setHowOpened] = useState(false);
  const how = useRef<HTMLButtonElement>(null);

  function showHow() {
    flushSync(() => setHowOpened(true));
    how.current?.scrollIntoView();
    how.current?.focus({ preventScroll: true });
  }

  return (
    <div className={classes.report}>
      {doubt?.much && <DoubtNotice doubt={doubt} />}
      <div className={classes.summary}>
        <Overall feedback={feedback} />
        <section aria-labelledby="final-title">
          <Title order={2} size="h3" id="final-title" mb={6}>
            {words.finalTitle}
          </Title>
          <p className={classes.final}>{feedback.final_assessment}</p>
          <Anchor component="button" type="button" size="sm" mt="md" className="no-print" onClick={showHow}>
            {words.howTitle}
          </Anchor>
        </section>
      </div>
      <Section title={words.categoriesTitle}>
        <Categories categories={feedback.categories} />
      </Section>
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
            <Area key={area.text} area={area} />
          ))}
        </ul>
      </Section>
      <Section title={words.questionsTitle}>
        <Questions questions={feedback.questions} planned={planned} />
      </Section>
      <Section title={words.deliveryTitle}>
        <DeliveryFigures delivery={feedback.delivery} />
      </Section>
      <section>
        <Disclosure title={words.howTitle} order={2} opened={howOpened} onToggle={setHowOpened} control={how}>
          <HowScored kind={grader.kind} interviewType={interviewType} />
        </Disclosure>
      </section>
      <Section title={words.graderTitle}>
        <GraderFacts grader={grader} correctedTurns={feedback.corrected_turns?.length ?? 0} madeAt={madeAt} />
      </Section>
    </div>
  );
}

function Overall({ feedback: { overall_score: score, grader } }: { feedback: Feedback }) {
  if (score === null) {
    return (
      <div>
        <Text c="dimmed">{words.overall}</Text>
        <p className={classes.noScore}>{words.noOverall}</p>
      </div>
    );
  }
  return (
    <div className={classes.overall}>
      <Text c="dimmed">{words.overall}</Text>
      <p className={classes.score} data-testid="overall-score">
        {score}{" "}
        <small>
          {words.outOf}
          <span className="visually-hidden">, {words.bands[bandOf(score)]}</span>
        </small>
      </p>
      <Scale score={score} named />
      {typeof grader.spread === "number" && (
        <p className={classes.spread}>{words.spread(Math.round(grader.spread), grader.samples)}</p>
      )}
    </div>
  );
}

function Area({ area }: { area: AreaForImprovement }) {
  return (
    <li>
      <p className={classes.claim}>{area.text}</p>
      <div className={classes.backing}>
        <Quotes evidence={area.evidence ?? []} />
        <p className={classes.suggestion}>
          <b>{words.suggestion}:</b> {area.suggestion}
        </p>
      </div>
    </li>
  );
}
