// The report as Markdown, made of the same data as the page.
import type { AreaForImprovement, CategoryScore, Delivery, Feedback, PointCoverage, QuestionFeedback } from "../api/types";
import { formatClock } from "../format";
import { texts } from "../texts";
import { bandOf } from "./bands";
import { DELIVERY_FIGURES, rangeInWords, shownFigure } from "./delivery";
import { cautionOf, isOnlyNearest } from "./point-words";

const words = texts.report;

interface Heading {
  title: string;
  number: number;
  when: string;
}

interface Quoted {
  quote: string | null;
  started_ms?: number | null;
}

export function reportAsMarkdown({ title, number, when }: Heading, feedback: Feedback): string {
  const { overall_score: score } = feedback;
  const blocks = [
    `# ${plain(title)}`,
    `${words.heading(number)} · ${when}`,
    score === null ? `**${words.noOverall}**` : `**${words.overall}: ${scored(score)}**`,
    plain(feedback.final_assessment),
    `## ${words.categoriesTitle}`,
    ...feedback.categories.flatMap(categoryBlocks),
    `## ${words.strengthsTitle}`,
    ...(feedback.strengths.length > 0
      ? feedback.strengths.flatMap((one) => [plain(one.text), ...quotes(one.evidence)])
      : [words.strengthsEmpty]),
    `## ${words.areasTitle}`,
    ...(feedback.areas_for_improvement.length > 0
      ? feedback.areas_for_improvement.flatMap(areaBlocks)
      : [words.areasEmpty]),
    `## ${words.questionsTitle}`,
    ...feedback.questions.flatMap(questionBlocks),
    `## ${words.deliveryTitle}`,
    DELIVERY_FIGURES.map((name) => deliveryItem(name, feedback.delivery)).join("\n"),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

const scored = (score: number) => `${words.score(score)} (${words.bands[bandOf(score)]})`;

function categoryBlocks({ category, score, comment, evidence }: CategoryScore): string[] {
  const judged = score === null ? words.notEnough : scored(score);
  return [`**${words.categories[category]}: ${judged}**`, plain(comment), ...quotes(evidence ?? [])];
}

function areaBlocks({ text, suggestion, evidence }: AreaForImprovement): string[] {
  return [plain(text), ...quotes(evidence ?? []), `*${words.suggestion}:* ${plain(suggestion)}`];
}

function questionBlocks({ index, text, status, score, comment, expected_points, stronger_answer }: QuestionFeedback): string[] {
  const outcome = score === null ? words.questionStatus[status] : scored(score);
  return [
    `### ${index + 1}. ${plain(text)}`,
    `**${outcome}.** ${plain(comment)}`,
    (expected_points ?? []).map(pointItem).join("\n"),
    stronger_answer ? `*${words.strongerTitle}:* ${plain(stronger_answer)}` : "",
  ];
}

function pointItem(point: PointCoverage): string {
  const state = `${plain(point.point)} (${words.importance[point.importance ?? "must"]}): ${words.covered[point.covered].toLowerCase()}`;
  const lead = isOnlyNearest(point) ? `. ${words.nearest}` : ":";
  const said = point.quote ? `${lead} ${quoted(point)}` : "";
  const caution = cautionOf(point);
  return `- ${state}${said}${caution === null ? "" : `. ${plain(caution)}`}`;
}

function deliveryItem(name: keyof Delivery, delivery: Delivery): string {
  const value = delivery[name];
  const { label, unit } = words.delivery[name];
  const figure = value === null ? words.notMeasured : `${shownFigure(name, value)} ${unit}`;
  return `- ${label}: ${figure}. ${rangeInWords(name, value)}`;
}

/** A block for each, since two lines of one block would run into each other. */
const quotes = (evidence: Quoted[]) => evidence.map((one) => `> ${quoted(one)}`);

function quoted({ quote, started_ms: startedMs }: Quoted): string {
  const time = typeof startedMs === "number" ? ` (${formatClock(startedMs / 1000)})` : "";
  return `“${plain(quote ?? "")}”${time}`;
}

/** What somebody said or a model wrote stays text, whatever it looks like. */
const plain = (text: string) => text.replace(/[\\`*_[\]<>#|~]/g, "\\$&").replace(/\s+/g, " ").trim();
