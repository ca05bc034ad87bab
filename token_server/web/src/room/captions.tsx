import { Fragment, useEffect, useRef } from "react";

import type { Turn } from "../api/types";
import { texts } from "../texts";
import { type Block, blocksOf, type Piece } from "./blocks";
import classes from "./captions.module.css";
import type { Caption } from "./use-captions";

const words = texts.room;

interface CaptionsProps {
  /** Said before this browser came in: after a reload. */
  earlier: Turn[];
  captions: Caption[];
}

export function Captions({ earlier, captions }: CaptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const newestText = captions.at(-1)?.text;
  useEffect(() => scrollToEnd(list.current), [newestText, earlier.length]);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    // A turned phone, or a banner above: it gets smaller, and the newest line must stay in it.
    const watch = new ResizeObserver(() => scrollToEnd(element));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  const isEmpty = earlier.length === 0 && captions.length === 0;
  return (
    // A person must be able to scroll it by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.captions} ref={list} role="log" aria-label={words.captions} aria-live="polite" tabIndex={0}>
      {isEmpty && <p className={classes.empty}>{words.captionsEmpty}</p>}
      {blocksOf([...earlier.map(pieceOf), ...captions]).map((block) => (
        <Lines key={block.id} {...block} />
      ))}
    </div>
  );
}

/** Only within itself: the page around it may be elsewhere. */
function scrollToEnd(element: HTMLElement | null) {
  if (element) element.scrollTop = element.scrollHeight;
}

const pieceOf = ({ seq, speaker, text }: Turn): Piece => ({ id: `turn-${seq}`, speaker, text, final: true });

function Lines({ speaker, pieces }: Block) {
  return (
    // Words still in flux aren't read aloud: the log announces a piece once it stands.
    <div
      className={classes.lines}
      data-speaker={speaker}
      data-final={pieces.every(({ final }) => final)}
      aria-hidden={!pieces.some(({ final }) => final)}
    >
      <span className={classes.speaker}>{speaker === "candidate" ? words.you : words.interviewer}</span>
      <p className={classes.text}>
        {pieces.map(({ id, text, final }) => (
          <Fragment key={id}>
            <span data-final={final} aria-hidden={!final}>
              {text.trim()}
            </span>{" "}
          </Fragment>
        ))}
      </p>
    </div>
  );
}
