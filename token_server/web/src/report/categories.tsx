import type { CategoryScore } from "../api/types";
import { texts } from "../texts";
import classes from "./categories.module.css";
import { Quotes } from "./quotes";

const words = texts.report;

export function Categories({ categories }: { categories: CategoryScore[] }) {
  return (
    <ul className={classes.categories}>
      {categories.map((category) => (
        <li key={category.category} className={classes.category}>
          <h3 className={classes.name}>{words.categories[category.category]}</h3>
          <div className={classes.result}>
            {category.score === null ? (
              <span className={classes.none}>{words.notEnough}</span>
            ) : (
              <>
                <span className={classes.score}>
                  {category.score}
                  <span className="visually-hidden"> {words.outOf}</span>
                </span>
                <span className={classes.track} aria-hidden="true">
                  <span style={{ width: `${category.score}%` }} />
                </span>
              </>
            )}
          </div>
          <div className={classes.why}>
            <p>{category.comment}</p>
            <Quotes evidence={category.evidence ?? []} />
          </div>
        </li>
      ))}
    </ul>
  );
}
