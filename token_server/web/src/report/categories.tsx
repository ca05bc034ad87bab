import type { Category, CategoryScore } from "../api/types";
import { texts } from "../texts";
import { bandOf } from "./bands";
import levels from "./levels.json";
import { Quotes } from "./quotes";
import classes from "./rows.module.css";
import { Scale } from "./scale";

const words = texts.report;

export function Categories({ categories }: { categories: CategoryScore[] }) {
  return (
    <div>
      <ul className={classes.rows}>
        {categories.map((category) => (
          <li key={category.category} className={classes.row}>
            <div>
              <h3 className={classes.name}>{words.categories[category.category]}</h3>
              <p className={classes.gloss}>{words.categoryNotes[category.category]}</p>
            </div>
            <div className={classes.figure}>
              {category.score === null ? (
                <span className={classes.none}>{words.notEnough}</span>
              ) : (
                <Score category={category} score={category.score} />
              )}
            </div>
            <div className={classes.why}>
              <p>{category.comment}</p>
              <Quotes evidence={category.evidence ?? []} />
              {category.level && <LevelWords category={category.category} level={category.level} />}
            </div>
          </li>
        ))}
      </ul>
      {categories.some((category) => category.score === null) && <p className={classes.note}>{words.notEnoughNote}</p>}
    </div>
  );
}

/** What the rubric sees at this level, and at the next. */
function LevelWords({ category, level }: { category: Category; level: number }) {
  const wordsOf = (one: number) => levels[category][one - 1]?.join(" ");
  return (
    <p className={classes.gloss}>
      {words.levelMeans(level)} {wordsOf(level)}
      {level < levels[category].length && ` ${words.nextLevelMeans(level + 1)} ${wordsOf(level + 1)}`}
    </p>
  );
}

function Score({ category, score }: { category: CategoryScore; score: number }) {
  const { level, spread } = category;
  const details = [level && words.level(level), typeof spread === "number" && words.spread(spread)].filter(Boolean);
  return (
    <>
      <p className={classes.value}>
        <b>{score}</b>
        <span className="visually-hidden">{words.outOf},</span> {words.bands[bandOf(score)]}
      </p>
      <Scale score={score} />
      {details.length > 0 && <p className={classes.detail}>{details.join(" · ")}</p>}
    </>
  );
}
