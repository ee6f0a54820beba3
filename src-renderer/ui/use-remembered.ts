import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { z } from 'zod';

const listeners = new Set<() => void>();

/** This window tells itself; the browser tells the others. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/**
 * Something that is remembered on this machine, in all windows of the app: widths, columns, foldings. With `sessionStorage` it is of this
 * window alone and ends with it: what is being written.
 *
 * @param key what it is of; unique in the app
 * @param schema of what is kept; the same object always, as is `usual`
 * @param usual where nothing is kept, or nothing that can be read
 */
export function useRemembered<Value>(
  key: string,
  schema: z.ZodType<Value>,
  usual: Value,
  where: 'localStorage' | 'sessionStorage' = 'localStorage',
): [Value, (change: (before: Value) => Value) => void] {
  const name = `wharfinger.${key}`;
  const text = useSyncExternalStore(subscribe, () => window[where].getItem(name));
  const value = useMemo(() => readRemembered(text, schema, usual), [text, schema, usual]);
  const remember = useCallback(
    (change: (before: Value) => Value) => {
      const before = readRemembered(window[where].getItem(name), schema, usual);
      window[where].setItem(name, JSON.stringify(change(before)));
      for (const listener of listeners) listener();
    },
    [name, schema, usual, where],
  );
  return [value, remember];
}

/** What was kept, or `usual`: other versions of the app, and people, write there as well. */
export function readRemembered<Value>(text: string | null, schema: z.ZodType<Value>, usual: Value): Value {
  if (text === null) return usual;
  try {
    const { success, data } = schema.safeParse(JSON.parse(text));
    return success ? data : usual;
  } catch {
    return usual;
  }
}
