import { Button } from "@mantine/core";
import { Link } from "react-router";

import type { Progress } from "../api/types";
import { shortTitle } from "../interview-title";
import rows from "../report/rows.module.css";
import { texts } from "../texts";
import classes from "./practise-weakest.module.css";
import { weakestOf } from "./weakest";

const words = texts.progress;

/** What went worst lately, and an interview that begins with it. */
export function PractiseWeakest({ progress }: { progress: Progress }) {
  const { points, practice } = progress;
  const weakest = weakestOf(progress);
  const like = points.find(({ interview_id: id }) => id === practice?.interview_id) ?? points.at(-1);
  if (!like || (!weakest && !practice)) return null;
  const type = practice?.interview_type ?? weakest?.type ?? like.interview_type;
  const search = new URLSearchParams({ like: like.interview_id, type, ...(practice && { focus: "weakest" }) });
  const subjects = [...new Set(practice?.areas.flatMap((area) => area.subjects))].map(texts.documents.subject);
  return (
    <section className={classes.weakest} aria-labelledby="weakest-title">
      <div>
        <h2 className={classes.title} id="weakest-title">
          {weakest ? words.weakestTitle : words.practiseTitle}
        </h2>
        {weakest && <p>{words.weakest(texts.report.categories[weakest.category], weakest.mean, weakest.count)}</p>}
        {practice && (
          <>
            <p className={classes.practised}>{practice.recurs ? words.practisedAgain : words.practisedLast}</p>
            <ul className={classes.areas}>
              {practice.areas.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
        <p className={rows.detail}>
          {words.practiseNote(texts.vocabulary.type[type], shortTitle(like.title))}{" "}
          {subjects.length > 0 && words.practiseFirst(subjects)} {words.practiseChange}
        </p>
      </div>
      <Button component={Link} to={`/interviews/new?${search.toString()}`}>
        {words.practise}
      </Button>
    </section>
  );
}
