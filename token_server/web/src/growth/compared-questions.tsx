import { Text } from "@mantine/core";
import { IconCheck, IconMinus, IconPlus, IconX } from "@tabler/icons-react";

import type { PointChange, QuestionChange } from "../api/types";
import { Caution } from "../report/caution";
import { QuestionAccordion } from "../report/question-accordion";
import questionClasses from "../report/questions.module.css";
import { texts } from "../texts";
import { FromTo } from "./change";
import classes from "./compared-questions.module.css";
import { type Attempts, Said } from "./said";

const words = texts.compare;
const GROUPS = ["newly_covered", "lost", "still_missing", "still_covered"] as const;
type Group = (typeof GROUPS)[number];
const ICONS = { newly_covered: IconPlus, lost: IconX, still_missing: IconMinus, still_covered: IconCheck };

export function ComparedQuestions({ questions, attempts }: { questions: QuestionChange[]; attempts: Attempts }) {
  if (questions.length === 0) return <Text c="dimmed">{words.noQuestions}</Text>;
  return (
    <>
      <p className={classes.note}>{words.questionsNote}</p>
      <QuestionAccordion
        questions={questions}
        numberOf={(_, index) => index + 1}
        outcome={(question) => <Outcome question={question} />}
        findings={(question) => <Findings question={question} attempts={attempts} />}
      />
    </>
  );
}

function Outcome({ question }: { question: QuestionChange }) {
  const counts = GROUPS.filter((group) => group !== "still_covered" && question[group].length > 0).map((group) =>
    words.counts[group](question[group].length),
  );
  const before = words.questionStatus[question.from.status];
  const now = words.questionStatus[question.to.status];
  const isUnscored = question.from.score === null && question.to.score === null;
  return (
    <span className={questionClasses.outcome}>
      {isUnscored && before === now ? (
        <span>{words.bothTimes(now)}</span>
      ) : (
        <span className={questionClasses.score}>
          <FromTo from={question.from.score} to={question.to.score} none={before} noneNow={now} />
        </span>
      )}
      {question.difference !== null && <span>{words.questionDifference(question.difference)}</span>}
      {counts.length > 0 && <span>{counts.join(" · ")}</span>}
    </span>
  );
}

function Findings({ question, attempts }: { question: QuestionChange; attempts: Attempts }) {
  const groups = GROUPS.filter((group) => question[group].length > 0);
  const { hints, repeats } = question;
  const help = [
    hints.from + hints.to > 0 && words.help.hints(hints.from, hints.to),
    repeats.from + repeats.to > 0 && words.help.repeats(repeats.from, repeats.to),
  ].filter(Boolean);
  const wasReached = question.from.status !== "not_reached" && question.to.status !== "not_reached";
  return (
    <div className={questionClasses.findings}>
      {groups.length === 0 && <p className={questionClasses.comment}>{wasReached ? words.noPoints : words.notReached}</p>}
      {groups.map((group) => (
        <PointGroup key={group} group={group} points={question[group]} attempts={attempts} />
      ))}
      {help.length > 0 && (
        <p className={classes.help}>
          {help.join(" ")} {words.helpNote}
        </p>
      )}
    </div>
  );
}

interface PointGroupProps {
  group: Group;
  points: PointChange[];
  attempts: Attempts;
}

function PointGroup({ group, points, attempts }: PointGroupProps) {
  const Icon = ICONS[group];
  return (
    <div className={classes.group} data-group={group}>
      <h4 className={classes.title}>
        <Icon size={18} aria-hidden /> {words.points[group]} <span className={classes.count}>{points.length}</span>
      </h4>
      <ul className={classes.points}>
        {points.map((point) => (
          <li key={point.point_id || point.point}>
            <p className={classes.claim}>{point.point}</p>
            <p className={classes.state}>
              {words.coverage(words.covered[point.from], words.covered[point.to])} ·{" "}
              {texts.report.importance[point.importance]}
            </p>
            <Caution point={point} />
            <Said before={point.said_before} now={point.said_now} attempts={attempts} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OnlyInOneProps {
  onlyFrom: string[];
  onlyTo: string[];
  numbers: { from: number; to: number };
}

export function OnlyInOne({ onlyFrom, onlyTo, numbers }: OnlyInOneProps) {
  const sides = [
    { number: numbers.from, questions: onlyFrom },
    { number: numbers.to, questions: onlyTo },
  ].filter(({ questions }) => questions.length > 0);
  return (
    <>
      <p className={classes.note}>{words.onlyNote}</p>
      <div className={classes.sides}>
        {sides.map(({ number, questions }) => (
          <div key={number}>
            <h3 className={classes.side}>{words.onlyIn(number)}</h3>
            <ul className={classes.questions}>
              {questions.map((question) => (
                <li key={question}>{question}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </>
  );
}
