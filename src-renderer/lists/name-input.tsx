import { Autocomplete } from '@mantine/core';
import { useMemo } from 'react';
import classes from './name-input.module.css';
import { foldText } from './word-filter.ts';

/** Names offered while typing. */
const SUGGESTIONS = 20;

export interface NameInputProps {
  label: string;
  /** All that may be meant, best first; keep the same from render to render. */
  names: Iterable<string>;
  value: string;
  error?: string | false | undefined;
  onChange: (value: string) => void;
  onFocus?: () => void;
  onBlur?: () => void;
}

/** A field for a name of which there may be many thousands: those that contain what is typed are offered. */
export function NameInput({ names, value, ...field }: NameInputProps) {
  const suggestions = useMemo(() => {
    const typed = foldText(value);
    const found: string[] = [];
    for (const name of names) {
      if (name !== value && foldText(name).includes(typed)) found.push(name);
      if (found.length === SUGGESTIONS) break;
    }
    return found;
  }, [names, value]);
  return (
    <Autocomplete
      {...field}
      classNames={{ input: classes.mono ?? '', option: classes.mono ?? '' }}
      data={suggestions}
      // They are those that match already.
      filter={({ options }) => options}
      value={value}
    />
  );
}
