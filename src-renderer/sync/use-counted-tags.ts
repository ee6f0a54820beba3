import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { CountedTags, TagRules } from '../../src-main/common/transfer.ts';
import { api } from '../api.ts';
import { throttle } from '../lists/throttle.ts';
import { failureOf } from '../ui/failure.ts';

/** Milliseconds without a key before tags are counted. */
const SETTLED = 250;
/** Milliseconds between two drawings of the counts. */
const SHOW_INTERVAL = 100;
/** Counts drawn in a millisecond of that, so that most of the time is left for all else. */
const SHOWN_IN_A_MILLISECOND = 50;

type Counts = ReadonlyMap<string, CountedTags>;
const NONE: Counts = new Map();

export interface CountedRepositories {
  counted: Counts;
  /** Why counting ended before all were counted. */
  failure: unknown;
}

/**
 * How many tags of each repository are meant, growing while they are counted; what was counted by the same rules is not counted again.
 *
 * @param repositories keep the same array while they are the same
 */
export function useCountedTags(
  accountId: string,
  repositories: readonly string[],
  rules: TagRules,
): CountedRepositories {
  const key = JSON.stringify([accountId, rules.tags, rules.excludeTags, rules.versions]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the rules are
  const asked = useMemo(() => ({ key, repositories, rules }), [key, repositories]);
  const [settled] = useDebouncedValue(asked, SETTLED);
  const [known, setKnown] = useState({ key, counted: NONE, failure: undefined as unknown });
  const counted = known.key === settled.key ? known.counted : NONE;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was counted before is left out when counting begins, and no more
  useEffect(() => {
    const missing = settled.repositories.filter((name) => !counted.has(name));
    if (missing.length === 0) return;
    const abort = new AbortController();
    const next = new Map(counted);
    const showing = throttle(
      () => setKnown({ key: settled.key, counted: new Map(next), failure: undefined }),
      // Each drawing costs as much as there is to draw.
      () => Math.max(SHOW_INTERVAL, next.size / SHOWN_IN_A_MILLISECOND),
    );
    const count = async () => {
      const input = { accountId, repositories: missing, ...settled.rules };
      for await (const each of await api.transfers.countTags(input, { signal: abort.signal })) {
        if (abort.signal.aborted) return;
        next.set(each.repository, each);
        showing.request();
      }
    };
    count().catch((failure: unknown) => {
      if (abort.signal.aborted || failureOf(failure).code === 'cancelled') return;
      setKnown({ key: settled.key, counted: new Map(next), failure });
    });
    return () => {
      abort.abort();
      showing.cancel();
    };
  }, [accountId, settled]);
  return { counted: known.key === key ? known.counted : NONE, failure: known.failure };
}
