import type { QuestionReason } from "../api/types";
import { texts } from "../texts";

const words = texts.documents;

/** Why one question was asked; empty where nothing in particular had to do with it. */
export const reasonOf = (reason: QuestionReason | null | undefined) =>
  reason ? words.chosen.question[reason.because](words.subject(reason.name)) : "";
