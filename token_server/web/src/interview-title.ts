import type { InterviewItem } from "./api/types";
import { texts } from "./texts";

const { level: levels, type: types } = texts.vocabulary;
const MADE_BY_SERVICE = new RegExp(`^(.+) \\((${Object.keys(levels).join("|")}), (${Object.keys(types).join("|")})\\)$`);

type Titled = Pick<InterviewItem, "title" | "role" | "level" | "interview_type">;

/** Where its facts stand below it: the title that the service made repeats them, so then the role is enough. */
export function shortTitleOf(interview: Titled): string {
  return isMadeByService(interview) ? interview.role : interview.title;
}

/** Where it stands alone, in the words of the page. */
export function fullTitleOf(interview: Titled): string {
  return isMadeByService(interview) ? fullTitle(interview.title) : interview.title;
}

/** As shortTitleOf, where nothing but the title is known: the service's is told by how it ends. */
export const shortTitle = (title: string) => title.replace(MADE_BY_SERVICE, "$1");

export const fullTitle = (title: string) =>
  title.replace(
    MADE_BY_SERVICE,
    (_, role: string, level: keyof typeof levels, type: keyof typeof types) =>
      `${role} (${levels[level].toLowerCase()}, ${types[type].toLowerCase()})`,
  );

function isMadeByService({ title, role, level, interview_type: type }: Titled): boolean {
  return title === `${role} (${level}, ${type})`;
}
