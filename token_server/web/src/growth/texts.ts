// The texts of comparison and progress. Plain English, as in ../texts.ts. What counts as a change is told in docs/api.md.
import { times } from "../report/texts";

const points = (count: number) => times(Math.abs(count), "point", "points");
const moreOrLess = (difference: number) => `${points(difference)} ${difference > 0 ? "more" : "less"}`;
/** 95 → "1 min 35 s". */
const duration = (totalSec: number) => {
  const minutes = Math.floor(totalSec / 60);
  return minutes > 0 ? `${minutes} min ${totalSec % 60} s` : times(totalSec, "second", "seconds");
};
const listed = (names: string[]) => new Intl.ListFormat("en").format(names);
const attempt = (number: number) => `attempt ${number}`;

export const compareTexts = {
  documentTitle: "Compare attempts",
  titleOf: (interview: string) => `${interview}, compared`,
  eyebrow: "Two attempts beside each other",
  link: "Compare attempts",
  shortLink: "Compare",
  from: "From",
  to: "To",
  option: (number: number, when: string, score: number | null) =>
    `Attempt ${number} · ${when} · ${score === null ? "no overall score" : `${score} of 100`}`,
  attempt: (number: number) => `Attempt ${number}`,
  readReport: (number: number) => `Report of attempt ${number}`,
  loading: "Comparing",
  shown: (from: number, to: number) => `From attempt ${from} to attempt ${to}`,

  nothingTitle: "There is nothing to compare yet",
  nothing: "Two attempts of this interview need a report. Take it again, then both stand beside each other here.",
  notTheseTitle: "These two can't be compared",
  notThese: "One of them has no report, or there is no report before it. Choose others above.",
  toInterviews: "To your interviews",

  notOneScaleTitle: "These scores aren't on one scale",
  notOneScale: "The differences stand here all the same, but none of them says that you did better or worse.",

  overall: "Overall",
  fromTo: { from: "from", to: "to" },
  noScore: "no score",
  change: {
    better: "Better",
    worse: "Worse",
    no_real_change: "No real change",
    not_comparable: "Not comparable",
  },
  beyondSpread: (difference: number, spread: number) =>
    `${moreOrLess(difference)}. Up to ${points(spread)} can come from wording and judging alone.`,
  withinSpread: (difference: number, spread: number) =>
    difference === 0
      ? "The same score."
      : `${moreOrLess(difference)}, but up to ${points(spread)} can come from wording and judging alone.`,
  otherScale: (difference: number) =>
    difference === 0 ? "The same number, on another scale." : `${moreOrLess(difference)}, on another scale.`,
  neitherScored: "Neither attempt showed enough to judge it.",
  oneScored: (number: number) => `There wasn't enough to judge it in ${attempt(number)}.`,
  categoriesTitle: "By category",
  legend: "Ring: before. Dot: after.",
  legendSpread: "Shaded: what can come from wording and judging alone.",

  questionsTitle: "Question by question",
  questionsNote:
    "By what you said about the points of a good answer. For a single question nobody knows how much of a difference is wording, so take a few points up or down lightly.",
  noQuestions: "The two attempts have no question in common, so no answers can be held against each other.",
  bothTimes: (status: string) => `${status} both times`,
  questionStatus: { answered: "no score", partial: "no score", declined: "not answered", not_reached: "not reached" },
  questionDifference: (difference: number) => (difference === 0 ? "the same score" : moreOrLess(difference)),
  points: {
    newly_covered: "Newly covered",
    lost: "Covered before, not any more",
    still_missing: "Still missing",
    still_covered: "Still covered",
  },
  counts: {
    newly_covered: (count: number) => `${count} new`,
    lost: (count: number) => `${count} lost`,
    still_missing: (count: number) => `${count} still missing`,
    still_covered: (count: number) => `${count} still covered`,
  },
  covered: { yes: "heard", partly: "partly heard", no: "not heard" },
  coverage: (from: string, to: string) => (from === to ? `${from} both times` : `${from} before, ${to} now`),
  saidThen: "Then",
  saidNow: "Now",
  notReached: "One of the attempts didn't get to this question, so its points can't be held against each other.",
  noPoints: "There are no points that both reports have for this question.",
  help: {
    hints: (from: number, to: number) => `Hints: ${from} before, ${to} now.`,
    repeats: (from: number, to: number) => `Repeats: ${from} before, ${to} now.`,
  },
  helpNote: "They cost nothing.",
  onlyTitle: "Questions in only one attempt",
  onlyNote: "Other questions may be harder or easier. That can move every score above, beyond what wording does.",
  onlyIn: (number: number) => `Only in attempt ${number}`,

  deliveryTitle: "How you spoke",
  deliveryNote: "Measurements, not marks: faster or longer isn't better by itself.",
  deliverySame: "The same",
  deliveryUnit: {
    words_per_minute: "words a minute",
    filler_words_per_minute: "a minute",
    longest_pause_sec: "seconds",
    mean_response_delay_sec: "seconds on average",
    talk_time_sec: "min:s",
  },
  deliveryDifference: {
    words_per_minute: { more: (by: string) => `${by} words a minute faster`, less: (by: string) => `${by} words a minute slower` },
    filler_words_per_minute: { more: (by: string) => `${by} a minute more`, less: (by: string) => `${by} a minute fewer` },
    longest_pause_sec: { more: (by: string) => `${by} seconds longer`, less: (by: string) => `${by} seconds shorter` },
    mean_response_delay_sec: { more: (by: string) => `${by} seconds later`, less: (by: string) => `${by} seconds sooner` },
    talk_time_sec: {
      more: (by: string) => `${duration(Number(by))} longer`,
      less: (by: string) => `${duration(Number(by))} shorter`,
    },
  },
  notMeasured: "not measured",
  notMeasuredNote: "It wasn't measured in both, so there is no difference.",
} as const;

export const progressTexts = {
  title: "Progress",
  documentTitle: "Progress",
  lead: (count: number, last: string) => `${times(count, "attempt", "attempts")} with a report, the last one on ${last}.`,

  emptyTitle: "Nothing to show yet",
  empty:
    "After your second attempt with a report you see here how your scores go up or down, in each category, and which advice keeps coming back. From the third one on, it says whether that is a trend.",
  emptyStart: "Set up an interview",
  oneTitle: "One report so far",
  one: (title: string, number: number, score: number | null) =>
    score === null
      ? `“${title}”, attempt ${number}, had too little in it for an overall score.`
      : `“${title}”, attempt ${number}: ${score} of 100 overall.`,
  oneNext:
    "One more, and your scores stand beside each other here, with the advice that keeps coming back. From the third one on, it says whether that is a trend.",
  oneReport: "Read the report",

  overall: "Overall, last score",
  fromEarlier: "From an earlier attempt: the newest has no overall score.",
  noScore: "Not enough evidence yet",
  change: {
    better: "Rising",
    worse: "Falling",
    no_real_change: "No real change",
  },
  tooFew: "Too few scores for a trend: it takes three.",
  trend: (count: number, first: number | null, last: number | null) =>
    count === 0
      ? "No scores yet"
      : count === 1
        ? `1 score: ${last ?? ""}`
        : `${count} scores: first ${first ?? ""}, last ${last ?? ""}`,
  trendNote:
    "A trend is the straight line that fits your scores best, so one good or bad day doesn't make one. It takes three scores by the same judge, and small steps don't count: they can come from wording alone. It doesn't know of the level: a harder interview can look like a step back.",
  categoriesTitle: "By category",
  judgedOtherwise: "Hollow: judged in another way than your newest attempt, so it isn't on the same scale.",
  chart: (name: string, summary: string) => `${name} over time. ${summary}. The figures are in the table below.`,
  pointLabel: (when: string, score: number) => `${when}: ${score}`,

  weakestTitle: "Your weakest category lately",
  weakest: (category: string, mean: number, count: number) =>
    count === 1 ? `${category}, ${mean} in the last score` : `${category}, ${mean} on average over the last ${count} scores`,
  practiseTitle: "What to practise next",
  practisedAgain: "What keeps coming back:",
  practisedLast: "What your last report advised:",
  practise: "Practise my weakest",
  practiseNote: (type: string, title: string) => `Opens a new ${type.toLowerCase()} interview like “${title}”.`,
  practiseFirst: (subjects: string[]) => `Its first questions are about ${listed(subjects)}.`,
  practiseChange: "You can still change it.",

  areasTitle: "What keeps coming back",
  areasEmpty: "No advice came twice so far.",
  areaSeen: (count: number) => `In ${count} attempts`,
  areaTime: (first: string, last: string) => (first === last ? `On ${first}` : `First ${first}, last ${last}`),
  areaTrend: {
    rising: "Comes up more often lately",
    falling: "Comes up less often lately",
    steady: "Comes up as often as before",
    gone: "Not in your last two attempts",
  },
  areaAttempts: "Found in",
  areaMore: (count: number) => `${count} more`,
  attempt: (title: string, number: number) => `${title}, attempt ${number}`,

  deliveryNote:
    "Measurements, not marks. Between the dashed lines is the range that each report names.",
  deliveryChart: (name: string, range: string, last: string) =>
    `${name} over time. ${range}. Last: ${last}. The figures are in the table below.`,
  deliveryNone: "It wasn't measured in any attempt.",
  deliveryLast: (place: "below" | "within" | "above") =>
    ({ below: "below the range", within: "within the range", above: "above the range" })[place],
  deliveryOn: (place: string, date: string) => `${place}, on ${date}`,
  deliveryTable: "How you spoke, in figures",
  tableTitle: "Every attempt",
  tableAttempt: "Attempt",
  tableOverall: "Overall",
  tableNone: "not enough evidence",
  tableNoneNote: "–: not enough evidence.",
  tableOtherwise: "judged in another way",
  tableAll: (count: number) => `Show all ${count}`,
} as const;
