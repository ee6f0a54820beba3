import { SEVERITIES, type Severity } from '../engine/vocabulary/scanning.ts';
import type { Finding } from './product-said.ts';

/** A finding beside those of another image: only in the other one, only in this one, or in both. */
export const FINDING_CHANGES = ['added', 'fixed', 'same'] as const;
export type FindingChange = (typeof FINDING_CHANGES)[number];

export interface ComparedFinding extends Finding {
  /** Absent where nothing is compared. */
  readonly change?: FindingChange;
}

/** The most severe first; of one severity by what was found. */
export function orderFindings<One extends Finding>(findings: readonly One[]): One[] {
  return findings.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      byText(b.id, a.id) ||
      byText(a.package, b.package),
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * What came and what went from one image to another. The same flaw in the same package is the same finding, in whatever version the
 * package is: an update that leaves it is no repair.
 *
 * @param after findings of the image that is looked at
 * @param before findings of what it is compared with
 */
export function compareFindings(before: readonly Finding[], after: readonly Finding[]): ComparedFinding[] {
  const key = ({ id, package: name }: Finding) => `${id} ${name}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  return orderFindings<ComparedFinding>([
    ...after.map((one) => ({ ...one, change: was.has(key(one)) ? ('same' as const) : ('added' as const) })),
    ...before.filter((one) => !is.has(key(one))).map((one) => ({ ...one, change: 'fixed' as const })),
  ]);
}

/** Whether a severity is the given one, or worse. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);
