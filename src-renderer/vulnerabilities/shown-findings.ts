import type { ComparedFinding, FindingChange } from '../../src-main/common/findings.ts';
import { FINDING_CHANGES } from '../../src-main/common/findings.ts';
import { SEVERITIES, type Severity } from '../../src-main/engine/vocabulary/scanning.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';

/** Which findings are shown, beside words that they contain. */
export type FindingState = Severity | FindingChange | 'fixable' | 'allowed';

export const FINDING_STATES: readonly FindingState[] = [
  ...FINDING_CHANGES,
  ...SEVERITIES,
  'fixable',
  'allowed',
];

/** What is let pass is with its own kind alone, and with all. */
export function isOf(
  { severity, fixed, allowed, change }: ComparedFinding,
  state: FindingState | undefined,
): boolean {
  if (state === undefined) return true;
  if (state === 'allowed') return allowed === true;
  if (allowed) return false;
  // What the other image alone has is none of this one's.
  if (change === 'fixed') return state === change;
  return state === 'fixable' ? fixed !== undefined : severity === state || change === state;
}

/** Those that are of a state, and contain each word that was typed. */
export function shownFindings(
  findings: readonly ComparedFinding[],
  state: FindingState | undefined,
  typed: string,
): readonly ComparedFinding[] {
  const matches = wordFilter(typed);
  return findings.filter(
    (one) =>
      isOf(one, state) &&
      (!matches ||
        matches(
          foldText(`${one.id} ${one.package} ${one.version} ${one.fixed ?? ''} ${one.description ?? ''}`),
        )),
  );
}
