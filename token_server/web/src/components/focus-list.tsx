import { CloseButton, Input } from "@mantine/core";

import type { PracticeArea } from "../api/types";
import { texts } from "../texts";
import classes from "./focus-list.module.css";

const words = texts.newInterview.focus;

interface FocusListProps {
  areas: PracticeArea[];
  onChange: (areas: PracticeArea[]) => void;
}

/** Advice of earlier reports that the interview is to practise. Any of it can be left out. */
export function FocusList({ areas, onChange }: FocusListProps) {
  if (areas.length === 0) return null;
  return (
    <Input.Wrapper label={words.label} description={words.hint} size="md" labelElement="div">
      <ul className={classes.advice} aria-label={words.label}>
        {areas.map(({ text }) => (
          <li key={text}>
            {text}
            <CloseButton
              aria-label={words.leaveOut(text)}
              onClick={() => onChange(areas.filter((other) => other.text !== text))}
            />
          </li>
        ))}
      </ul>
    </Input.Wrapper>
  );
}
