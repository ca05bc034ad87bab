import type { ReactNode } from "react";

import type { Category, Grader, InterviewType } from "../api/types";
import { texts } from "../texts";
import classes from "./how-scored.module.css";
import scoring from "./scoring.json";

const words = texts.report;
const { how } = words;
const listOf = (numbers: number[]) => `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1) ?? ""}`;
const TYPES: readonly InterviewType[] = ["technical", "behavioral", "mixed"];

interface HowScoredProps {
  kind: Grader["kind"];
  /** Null when it isn't certain, as after a change of the interview; then the weights of all three are shown. */
  interviewType: InterviewType | null;
}

/** The rules, on one page. docs/assessment.md says the same at length. */
export function HowScored({ kind, interviewType }: HowScoredProps) {
  const method = kind === "on_device" ? "on_device" : "llm";
  const { strong, good, fair } = scoring.bands;
  return (
    <div className={classes.rules}>
      <p>{how.lead}</p>
      <Rule title={how.gatesTitle}>
        <p>{how.gates}</p>
      </Rule>
      <Rule title={how.pointsTitle}>
        <p>
          {how.points[method]} {how.pointsMore}
        </p>
        <p>{how.stories}</p>
      </Rule>
      <Rule title={how.categoriesTitle}>
        {method === "llm" && <p>{how.llmLevels(listOf(scoring.points_of_levels), scoring.level_reach)}</p>}
        <Weights types={interviewType ? [interviewType] : TYPES} looksAt={how.looksAt[method]} />
      </Rule>
      <Rule title={how.overallTitle}>
        <p>
          {how.overall(scoring.needed_weight)} {how.bands(strong, good, fair)}
        </p>
      </Rule>
      <Rule title={how.neverTitle}>
        <p>{how.never}</p>
      </Rule>
      <Rule title={how.unknownTitle}>
        <p>
          {how.unknown[method]} {how.unknownMore}
        </p>
      </Rule>
    </div>
  );
}

function Rule({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.rule}>
      <h3 className={classes.title}>{title}</h3>
      {children}
    </section>
  );
}

interface WeightsProps {
  types: readonly InterviewType[];
  looksAt: Readonly<Record<Category, string>>;
}

function Weights({ types, looksAt }: WeightsProps) {
  const categories = Object.keys(words.categories) as Category[];
  return (
    <table className={classes.weights}>
      <thead>
        <tr>
          <th scope="col">{how.tableCategory}</th>
          {types.map((type) => (
            <th key={type} scope="col" className={classes.weight}>
              {types.length === 1 ? how.tableWeight : how.weightIn[type]}
            </th>
          ))}
          <th scope="col">{how.tableLooksAt}</th>
          <th scope="col">{how.tableEnough}</th>
        </tr>
      </thead>
      <tbody>
        {categories.map((category) => (
          <tr key={category}>
            <th scope="row">{words.categories[category]}</th>
            {types.map((type) => (
              <td key={type} className={classes.weight} data-label={types.length === 1 ? how.tableWeight : how.weightIn[type]}>
                {how.percent(scoring.weights[type][category])}
              </td>
            ))}
            <td data-label={how.tableLooksAt}>{looksAt[category]}</td>
            <td data-label={how.tableEnough}>{how.enough[category]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
