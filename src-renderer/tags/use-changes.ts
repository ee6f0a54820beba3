import { useCallback, useMemo, useRef, useState } from 'react';
import type { KnownDetails } from './queries.ts';
import type { TagChange, TagList } from './tag-rows.ts';

/** What a page has seen of a repository's tags first. */
interface Seen {
  names: ReadonlySet<string> | undefined;
  readonly digests: Map<string, string>;
}

const NONE: ReadonlyMap<string, TagChange> = new Map();

export interface Changes {
  /** What became of tags since they were seen first. */
  readonly of: ReadonlyMap<string, TagChange>;
  /** From now on. */
  readonly forget: () => void;
}

/** Tags that came or moved while the page is open, or since the app last looked: marked until they are seen. */
export function useChanges(list: TagList | undefined, known: KnownDetails): Changes {
  const seen = useRef<Seen>({ names: undefined, digests: new Map() });
  const [count, setCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted up when what was seen begins anew
  const of = useMemo(() => {
    const { digests } = seen.current;
    const changes = new Map<string, TagChange>();
    for (const [name, answer] of known.answers) {
      if (!('details' in answer)) continue;
      const first = digests.get(name);
      if (first === undefined) digests.set(name, answer.details.digest);
      else if (first !== answer.details.digest) changes.set(name, 'moved');
    }
    if (list?.complete) {
      seen.current.names ??= new Set(list.rows.map(({ name }) => name));
      for (const { name } of list.rows) if (!seen.current.names.has(name)) changes.set(name, 'new');
    }
    // The same nothing, also where the page is opened again: no row is made anew for it.
    return changes.size > 0 ? changes : NONE;
  }, [list, known, count]);
  const forget = useCallback(() => {
    seen.current = { names: undefined, digests: new Map() };
    setCount((before) => before + 1);
  }, []);
  return { of, forget };
}
