import { Button, CloseButton, NativeSelect, TextInput } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useState } from "react";

import { technologiesQuery } from "../api/interviews";
import { texts } from "../texts";
import classes from "./interview-filters.module.css";
import { DEFAULT_SORT, type InterviewFilterState } from "./use-interview-filter";

const words = texts.interviews.filters;
const { vocabulary } = texts;
const TYPING_PAUSE_MS = 250;
const MAX_SEARCH_LENGTH = 200;

/** Search in sight, the rest beside it, or behind one button where there is little room. */
export function InterviewFilters({ state }: { state: InterviewFilterState }) {
  const { filter, chosenCount, change } = state;
  const technologies = useQuery(technologiesQuery);
  const [opened, setOpened] = useState(false);
  const panelId = useId();
  return (
    <section className={classes.filters} aria-label={words.label}>
      <SearchField text={filter.q ?? ""} onSearch={(q) => change({ q })} />
      <Button
        className={classes.toggle}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={18} aria-hidden />}
        aria-expanded={opened}
        aria-controls={panelId}
        onClick={() => setOpened(!opened)}
      >
        {chosenCount > 0 ? words.openWith(chosenCount) : words.open}
      </Button>
      <div id={panelId} className={classes.choices} data-opened={opened}>
        <Select
          label={words.type}
          names={vocabulary.type}
          value={filter.type}
          onChange={(type) => change({ type })}
        />
        <Select
          label={words.level}
          names={vocabulary.level}
          value={filter.level}
          onChange={(level) => change({ level })}
        />
        <Select
          label={words.technology}
          names={namesOf(technologies.data ?? [], filter.technology)}
          value={filter.technology}
          onChange={(technology) => change({ technology })}
        />
        <Select
          label={words.status}
          names={words.statuses}
          value={filter.status}
          onChange={(status) => change({ status })}
        />
        <NativeSelect
          label={words.sort}
          size="sm"
          data={optionsOf(words.sorts)}
          value={filter.sort ?? DEFAULT_SORT}
          onChange={(event) => change({ sort: event.currentTarget.value })}
        />
      </div>
    </section>
  );
}

/** Searches when somebody pauses typing. */
function SearchField({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const [shown, setShown] = useState(text);
  if (text !== shown) {
    setShown(text);
    // Cleared from elsewhere, or by going back. What was just searched for stays as it is typed, with its last space.
    if (text !== typed.trim()) setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return undefined;
    const timer = window.setTimeout(() => onSearch(typed.trim()), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed, text, onSearch]);
  return (
    <TextInput
      className={classes.search}
      type="search"
      label={words.search}
      size="sm"
      placeholder={words.searchHint}
      maxLength={MAX_SEARCH_LENGTH}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" variant="transparent" aria-label={words.clearSearch} onClick={() => setTyped("")} />
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

interface SelectProps {
  label: string;
  names: Readonly<Record<string, string>>;
  value: string | null | undefined;
  onChange: (value: string) => void;
}

function Select({ label, names, value, onChange }: SelectProps) {
  return (
    <NativeSelect
      label={label}
      size="sm"
      data={[{ value: "", label: words.all }, ...optionsOf(names)]}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const optionsOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

/** With the one from the address, also while the others are on their way. */
const namesOf = (technologies: string[], chosen: string | null | undefined) =>
  Object.fromEntries((chosen && !technologies.includes(chosen) ? [chosen, ...technologies] : technologies).map((name) => [name, name]));
