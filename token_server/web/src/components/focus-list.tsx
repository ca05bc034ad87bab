import { CloseButton, Input } from "@mantine/core";

import { texts } from "../texts";
import classes from "./focus-list.module.css";

const words = texts.newInterview.focus;

interface FocusListProps {
  advice: string[];
  onChange: (advice: string[]) => void;
}

/** Advice of earlier reports that the interview is to practise. Any of it can be left out. */
export function FocusList({ advice, onChange }: FocusListProps) {
  if (advice.length === 0) return null;
  return (
    <Input.Wrapper label={words.label} description={words.hint} size="md" labelElement="div">
      <ul className={classes.advice} aria-label={words.label}>
        {advice.map((text) => (
          <li key={text}>
            {text}
            <CloseButton
              aria-label={words.leaveOut(text)}
              onClick={() => onChange(advice.filter((other) => other !== text))}
            />
          </li>
        ))}
      </ul>
    </Input.Wrapper>
  );
}
