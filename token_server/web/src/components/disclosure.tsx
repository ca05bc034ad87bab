import { Title } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, type Ref, useId } from "react";

import classes from "./disclosure.module.css";

interface DisclosureProps {
  title: string;
  /** Of the heading. */
  order: 2 | 4;
  opened: boolean;
  onToggle: (opened: boolean) => void;
  control?: Ref<HTMLButtonElement>;
  children: ReactNode;
}

/** A heading with what it folds away. On paper it is unfolded. */
export function Disclosure({ title, order, opened, onToggle, control, children }: DisclosureProps) {
  const panelId = useId();
  return (
    <div>
      <Title order={order} size={order === 2 ? "h2" : "1rem"}>
        <button
          ref={control}
          type="button"
          className={classes.control}
          aria-expanded={opened}
          aria-controls={panelId}
          onClick={() => onToggle(!opened)}
        >
          <IconChevronDown size={18} aria-hidden className={classes.chevron} />
          {title}
        </button>
      </Title>
      <div id={panelId} hidden={!opened} className={classes.panel}>
        {children}
      </div>
    </div>
  );
}
