import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ComparedPlatform, Comparison } from '../../src-main/common/comparison.ts';
import { platformKey } from './platform-pairs.ts';
import { comparisonQueries, type Pair, type PinnedPair, pinned } from './queries.ts';

/** Both sides as layers of one platform are read of them. */
export function pinnedPair(pair: Pair, { left, right, platforms }: Comparison, key: string): PinnedPair {
  return {
    left: pinned(pair.left, left.digest),
    right: pinned(pair.right, right.digest),
    ...(platforms.length > 1 && key !== '' && { platform: key }),
  };
}

/** The platforms of a comparison, each with what was read of its layers by now. */
export function useKnownPlatforms(pair: Pair, comparison: Comparison): readonly ComparedPlatform[] {
  const pairs = useMemo(
    () => comparison.platforms.map((each) => pinnedPair(pair, comparison, platformKey(each))),
    [pair, comparison],
  );
  return useQueries({
    queries: pairs.map((each) => comparisonQueries.read(each)),
    combine: (read) =>
      comparison.platforms.map((each, at) => read[at]?.data?.comparison.platforms[0] ?? each),
  });
}
