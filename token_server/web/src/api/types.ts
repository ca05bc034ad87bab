// Short names for the generated shapes. The API's own models are the only definition.
import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type User = Schemas["User"];
export type ResetCodeGoesTo = Schemas["PasswordResetAnswer"]["code_goes_to"];
export type NewInterview = Schemas["NewInterviewBody"];
export type InterviewItem = Schemas["InterviewItem"];
export type InterviewDetail = Schemas["InterviewDetail"];
export type InterviewFilter = Omit<
  NonNullable<paths["/api/interviews"]["get"]["parameters"]["query"]>,
  "cursor" | "limit" | "role"
>;
export type InterviewType = InterviewItem["interview_type"];
export type AttemptOfInterview = Schemas["AttemptOfInterview"];
export type AttemptDetail = Schemas["AttemptDetail"];
export type Connection = Schemas["Connection"];
export type Command = Schemas["CommandBody"]["command"];
export type Turn = Schemas["TranscriptTurn"];
export type RecordingItem = Schemas["RecordingItem"];
export type TurnPart = Schemas["TurnPart"];
export type FeedbackAnswer = Schemas["FeedbackAnswer"];
export type FeedbackVersion = Schemas["FeedbackVersion"];
export type Feedback = Schemas["Feedback"];
export type RecogniserDoubt = Schemas["RecogniserDoubt"];
export type CategoryScore = Schemas["CategoryScore"];
export type Category = CategoryScore["category"];
export type Evidence = Schemas["Evidence"];
export type AreaForImprovement = Schemas["AreaForImprovement"];
export type QuestionFeedback = Schemas["QuestionFeedback"];
export type PointCoverage = Schemas["PointCoverage"];
export type Delivery = Schemas["Delivery"];
export type Grader = Schemas["Grader"];
export type Comparison = Schemas["Comparison"];
export type ScoreChange = Schemas["ScoreChange"];
export type QuestionChange = Schemas["QuestionChange"];
export type PointChange = Schemas["PointChange"];
export type WordsSaid = Schemas["WordsSaid"];
export type DeliveryChange = Schemas["DeliveryChange"];
export type FigureChange = Schemas["FigureChange"];
export type Progress = Schemas["Progress"];
export type ProgressPoint = Schemas["ProgressPoint"];
export type Trend = Schemas["Trend"];
export type PractisedArea = Schemas["PractisedArea"];
export type PracticeArea = Schemas["PracticeArea"];
export type RecurringArea = Schemas["RecurringArea"];
export type SetupDetail = Schemas["SetupDetail"];
export type SetupDraft = Schemas["SetupDraft"];
export type SetupField = SetupDetail["missing"][number];
/** Fields of a draft that change; null forgets one. */
export type DraftChange = Omit<Schemas["ChangeSetupBody"], "revision">;
export type DocumentFindings = Schemas["DocumentFindings"];
export type PlannedQuestion = Schemas["PlannedQuestion"];
export type QuestionReason = Schemas["QuestionReason"];
export type Tone = InterviewItem["tone"];
export type ProblemBody = Schemas["Problem"];
export type ProblemCode = ProblemBody["code"];
