import type { Caption } from "./use-captions";

export type Piece = Pick<Caption, "id" | "speaker" | "text" | "final">;

/** What one side said until the other spoke. A pause within an answer begins a new piece, and not a new line. */
export interface Block {
  id: string;
  speaker: Piece["speaker"];
  pieces: Piece[];
}

export function blocksOf(pieces: Piece[]): Block[] {
  const blocks: Block[] = [];
  for (const piece of pieces) {
    const last = blocks.at(-1);
    if (last?.speaker === piece.speaker) last.pieces.push(piece);
    else blocks.push({ id: piece.id, speaker: piece.speaker, pieces: [piece] });
  }
  return blocks;
}
