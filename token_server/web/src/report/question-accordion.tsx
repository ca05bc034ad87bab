import { Accordion } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./questions.module.css";

interface QuestionAccordionProps<Question> {
  questions: Question[];
  numberOf: (question: Question, index: number) => number;
  outcome: (question: Question) => ReactNode;
  findings: (question: Question) => ReactNode;
  /** Unfolded on paper. Unlike what is hidden with "activity", what "display-none" hides can be shown there. */
  printed?: boolean;
}

/** One question under the other, the first one open. */
export function QuestionAccordion<Question extends { question_id: string; text: string }>({
  questions,
  numberOf,
  outcome,
  findings,
  printed = false,
}: QuestionAccordionProps<Question>) {
  const { item, control, panel, chevron } = classes;
  const onPaper = printed
    ? { keepMountedMode: "display-none" as const, classNames: { item, control, panel, chevron } }
    : { classNames: { item, control } };
  return (
    <Accordion
      multiple
      variant="separated"
      radius="lg"
      defaultValue={questions.slice(0, 1).map((question) => question.question_id)}
      order={3}
      {...onPaper}
    >
      {questions.map((question, index) => (
        <Accordion.Item key={question.question_id} value={question.question_id}>
          <Accordion.Control>
            <span className={classes.head}>
              <span className={classes.text}>
                <span className={classes.number}>{numberOf(question, index)}</span>
                {question.text}
              </span>
              {outcome(question)}
            </span>
          </Accordion.Control>
          <Accordion.Panel>{findings(question)}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
