// What the API has and schema.d.ts doesn't know yet. Once `npm run types` has brought it, types.ts and corrections.ts
// use the generated shapes, and this file goes.
import type { components } from "./schema";

export interface CategoryScoreAdditions {
  level?: number | null;
  spread?: number | null;
}

export interface PointCoverageAdditions {
  started_ms?: number | null;
  point_id?: string;
  caution?: "polarity" | "misconception" | "judges_disagree" | null;
}

export interface GraderAdditions {
  fallback_reason?: string | null;
}

export interface FeedbackAdditions {
  doubt?: { share: number; much: boolean; turn_seqs?: number[] } | null;
  corrected_turns?: number[];
}

export interface FeedbackAnswerAdditions {
  /** The transcript was corrected, or a correction taken back, after this assessment began. */
  corrections_since?: boolean;
}

interface TurnPart {
  seq: number;
  text: string;
  corrected_text?: string | null;
}

export interface TurnAdditions {
  /** What the candidate says they said; null where nobody corrected it. */
  corrected_text?: string | null;
  /** Of a turn that was stored in several parts; each is corrected by its own `seq`. Else empty. */
  parts?: TurnPart[];
}

type Problem = { content: { "application/json": components["schemas"]["Problem"] }; headers: Record<string, unknown> };
interface TurnParameters {
  path: { attempt_id: string; seq: number };
}

export interface CorrectionPaths {
  "/api/attempts/{attempt_id}/turns/{seq}/correction": {
    parameters: TurnParameters;
    put: {
      parameters: TurnParameters;
      requestBody: { content: { "application/json": { text: string } } };
      responses: {
        200: { content: { "application/json": unknown }; headers: Record<string, unknown> };
        "4XX": Problem;
        "5XX": Problem;
      };
    };
    delete: {
      parameters: TurnParameters;
      requestBody?: never;
      responses: { 204: { content?: never; headers: Record<string, unknown> }; "4XX": Problem; "5XX": Problem };
    };
  };
}
