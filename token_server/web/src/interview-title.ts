import type { InterviewItem } from "./api/types";
import { texts } from "./texts";

type Titled = Pick<InterviewItem, "title" | "role" | "level" | "interview_type">;

/** Where its facts stand below it: the title that the service made repeats them, so then the role is enough. */
export function shortTitleOf(interview: Titled): string {
  return isMadeByService(interview) ? interview.role : interview.title;
}

/** Where it stands alone, in the words of the page. */
export function fullTitleOf(interview: Titled): string {
  const { level, type } = texts.vocabulary;
  if (!isMadeByService(interview)) return interview.title;
  return `${interview.role} (${level[interview.level].toLowerCase()}, ${type[interview.interview_type].toLowerCase()})`;
}

function isMadeByService({ title, role, level, interview_type: type }: Titled): boolean {
  return title === `${role} (${level}, ${type})`;
}
