// Short names for the generated shapes. The API's own models are the only definition.
import type {
  CategoryScoreAdditions,
  FeedbackAdditions,
  FeedbackAnswerAdditions,
  GraderAdditions,
  PointCoverageAdditions,
  TurnAdditions,
} from "./additions";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type User = Schemas["User"];
export type NewInterview = Schemas["NewInterviewBody"];
export type InterviewItem = Schemas["InterviewItem"];
export type InterviewDetail = Schemas["InterviewDetail"];
export type InterviewType = InterviewItem["interview_type"];
export type AttemptOfInterview = Schemas["AttemptOfInterview"];
export type AttemptDetail = Schemas["AttemptDetail"];
export type Connection = Schemas["Connection"];
export type Command = Schemas["CommandBody"]["command"];
export type Turn = Schemas["Turn"] & TurnAdditions;
export type TurnPart = NonNullable<Turn["parts"]>[number];
export type FeedbackAnswer = Omit<Schemas["FeedbackAnswer"], "feedback"> &
  FeedbackAnswerAdditions & { feedback?: Feedback | null };
export type FeedbackVersion = Schemas["FeedbackVersion"];
export type Feedback = Omit<Schemas["Feedback"], "categories" | "questions" | "grader"> &
  FeedbackAdditions & { categories: CategoryScore[]; questions: QuestionFeedback[]; grader: Grader };
export type RecogniserDoubt = NonNullable<Feedback["doubt"]>;
export type CategoryScore = Schemas["CategoryScore"] & CategoryScoreAdditions;
export type Category = CategoryScore["category"];
export type Evidence = Schemas["Evidence"];
export type AreaForImprovement = Schemas["AreaForImprovement"];
export type QuestionFeedback = Omit<Schemas["QuestionFeedback"], "expected_points"> & {
  expected_points?: PointCoverage[];
};
export type PointCoverage = Schemas["PointCoverage"] & PointCoverageAdditions;
export type Delivery = Schemas["Delivery"];
export type Grader = Schemas["Grader"] & GraderAdditions;
export type ProblemBody = Schemas["Problem"];
export type ProblemCode = ProblemBody["code"];
