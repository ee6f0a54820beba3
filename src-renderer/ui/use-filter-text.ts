import { IconSearch } from '@tabler/icons-react';
import { type AnyRouter, useRouter } from '@tanstack/react-router';
import { type RefObject, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useCommands } from '../commands/use-commands.ts';

export interface FilterText {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What was typed is reported now: something is done with it. */
  readonly report: () => void;
  /** Of the field: `/` leads to it. */
  readonly input: RefObject<HTMLInputElement | null>;
}

/**
 * What is typed into a page's filter; it is reported behind the typing, so that filtering 50,000 rows never holds up a key.
 *
 * @param label of the field
 */
export function useFilterText(value: string, onChange: (value: string) => void, label: string): FilterText {
  const [text, setText] = useState(value);
  const deferred = useDeferredValue(text);
  /** The text as the last key left it: an effect may still be of the text before. */
  const typed = useRef(value);
  const reported = useRef(value);
  const input = useRef<HTMLInputElement>(null);
  const router = useRouter();
  // The URL (back, forward, a deep link) may change it from outside.
  useEffect(() => {
    if (value === reported.current) return;
    reported.current = value;
    typed.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    // What was typed meanwhile, or cleared, takes its place.
    if (deferred !== typed.current || deferred === reported.current || isLeaving(router)) return;
    reported.current = deferred;
    onChange(deferred);
  }, [deferred, onChange, router]);
  useCommands([
    {
      id: 'page.filter',
      group: 'page',
      label,
      words: 'filter find search 筛选 过滤 查找',
      keys: ['/'],
      icon: IconSearch,
      run: () => input.current?.select(),
    },
  ]);
  const change = (next: string) => {
    typed.current = next;
    setText(next);
    if (next !== '' || reported.current === '') return;
    // All rows are shown again, also by a page that is come back to at once.
    reported.current = '';
    onChange('');
  };
  const report = () => {
    if (text === reported.current) return;
    reported.current = text;
    onChange(text);
  };
  return { text, setText: change, report, input };
}

/** Another page is on its way: a filter that is written into the address now would lead back, or astray. */
function isLeaving({ latestLocation, state }: AnyRouter): boolean {
  return state.resolvedLocation !== undefined && state.resolvedLocation.pathname !== latestLocation.pathname;
}
