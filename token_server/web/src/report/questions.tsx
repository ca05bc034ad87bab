import { useState } from "react";

import type { PlannedQuestion, QuestionFeedback } from "../api/types";
import { Disclosure } from "../components/disclosure";
import { reasonOf } from "../documents/reason";
import { texts } from "../texts";
import { bandOf } from "./bands";
import { Points } from "./points";
import { QuestionAccordion } from "./question-accordion";
import classes from "./questions.module.css";

const words = texts.report;
/** The judge on this machine says what was used in its comment as well; here it has a line of its own. */
const USED = / Used: [^.]*; this costs nothing\.$/;

export function Questions({ questions, planned }: { questions: QuestionFeedback[]; planned: PlannedQuestion[] }) {
  const why = new Map(planned.map(({ question_id, reason }) => [question_id, reasonOf(reason)]));
  return (
    <QuestionAccordion
      questions={questions}
      numberOf={(question) => question.index + 1}
      outcome={(question) => <Outcome question={question} />}
      findings={(question) => <Findings question={question} why={why.get(question.question_id) ?? ""} />}
      printed
    />
  );
}

function Outcome({ question: { score, status, status_reason } }: { question: QuestionFeedback }) {
  const state = status === "partial" && status_reason ? words.notJudged : words.questionStatus[status];
  const reason = status_reason ? (words.reasons[status_reason] ?? status_reason) : null;
  return (
    <span className={classes.outcome}>
      {score !== null && (
        <span className={classes.score}>
          <b>{score}</b>
          <span className="visually-hidden">{words.outOf},</span> {words.bands[bandOf(score)]}
        </span>
      )}
      <span>{reason ? `${state}: ${reason}` : state}</span>
    </span>
  );
}

function Findings({ question, why }: { question: QuestionFeedback; why: string }) {
  const hints = question.hints_used ?? 0;
  const repeats = question.repeats ?? 0;
  return (
    <div className={classes.findings}>
      <p className={classes.comment}>{question.comment.replace(USED, "")}</p>
      {why && <p className={classes.used}>{why}</p>}
      {hints + repeats > 0 && <p className={classes.used}>{words.help(hints, repeats)}</p>}
      <Points points={question.expected_points ?? []} />
      {question.stronger_answer && <StrongerAnswer text={question.stronger_answer} />}
    </div>
  );
}

function StrongerAnswer({ text }: { text: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <div className={classes.stronger}>
      <Disclosure title={words.strongerTitle} order={4} opened={opened} onToggle={setOpened}>
        <p className={classes.comment}>{text}</p>
        <p className={classes.used}>{words.strongerNote}</p>
      </Disclosure>
    </div>
  );
}
