import { Accordion } from "@mantine/core";
import { IconCheck, IconCircleHalf2, IconMinus } from "@tabler/icons-react";

import type { PointCoverage, QuestionFeedback } from "../api/types";
import { texts } from "../texts";
import classes from "./questions.module.css";

const words = texts.report;

export function Questions({ questions }: { questions: QuestionFeedback[] }) {
  return (
    <Accordion multiple variant="separated" radius="lg" defaultValue={questions.slice(0, 1).map(keyOf)} order={3}>
      {questions.map((question) => (
        <Accordion.Item key={question.question_id} value={keyOf(question)} className={classes.item}>
          <Accordion.Control>
            <span className={classes.head}>
              <span className={classes.text}>
                <span className={classes.number}>{question.index + 1}</span>
                {question.text}
              </span>
              <span className={classes.status}>
                {words.questionStatus[question.status]}
                {question.score !== null && <b> · {question.score}</b>}
              </span>
            </span>
          </Accordion.Control>
          <Accordion.Panel>
            <p className={classes.comment}>{question.comment}</p>
            <Points points={question.expected_points ?? []} />
            {question.stronger_answer && (
              <>
                <h4 className={classes.title}>{words.strongerTitle}</h4>
                <p className={classes.comment}>{question.stronger_answer}</p>
              </>
            )}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

const keyOf = (question: QuestionFeedback) => question.question_id;
const ICONS = { yes: IconCheck, partly: IconCircleHalf2, no: IconMinus };

function Points({ points }: { points: PointCoverage[] }) {
  if (points.length === 0) return null;
  return (
    <>
      <h4 className={classes.title}>{words.pointsTitle}</h4>
      <ul className={classes.points}>
        {points.map((point) => {
          const Icon = ICONS[point.covered];
          return (
            <li key={point.point} className={classes.point} data-covered={point.covered}>
              <Icon size={18} aria-hidden className={classes.icon} />
              <div>
                {point.point}
                {point.importance === "bonus" && <span className={classes.bonus}> ({words.bonus})</span>}
                <span className={classes.covered}>{words.covered[point.covered]}</span>
                {point.quote && <p className={classes.quote}>“{point.quote}”</p>}
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
