import {
  COMPARISON_ASPECTS,
  type ComparisonAspect,
  type ComparisonVerdict,
} from '../engine/vocabulary/comparison.ts';
import type { ComparedPlatform, Comparison } from './comparison.ts';

type Judged = Pick<Comparison, 'verdict' | 'same' | 'differs' | 'unknown'>;

/** From what differs most to what differs least. */
const ORDER: readonly ComparisonVerdict[] = [
  'different',
  'sameFiles',
  'timestamps',
  'sameContent',
  'identical',
];

/**
 * Of all platforms together: the one that differs most speaks for all.
 *
 * @param digests of what is compared
 */
export function judgeAll(
  digests: { left: string; right: string },
  platforms: readonly Pick<ComparedPlatform, 'verdict' | 'differs' | 'unknown'>[],
): Judged {
  const has = (verdict: ComparisonVerdict) => platforms.some((one) => one.verdict === verdict);
  const inOrder = (aspectsOf: (one: (typeof platforms)[number]) => readonly ComparisonAspect[]) =>
    COMPARISON_ASPECTS.filter((aspect) => platforms.some((one) => aspectsOf(one).includes(aspect)));
  const verdict = ORDER.find(has) ?? 'identical';
  const unknown = inOrder((one) => one.unknown);
  if (verdict !== 'identical')
    return { verdict, same: verdict === 'sameContent', differs: inOrder((one) => one.differs), unknown };
  if (digests.left === digests.right) return { verdict, same: true, differs: [], unknown };
  // The images are the same: what differs is what the index says of them, or what else it holds.
  return { verdict: 'sameContent', same: true, differs: ['manifest'], unknown };
}
