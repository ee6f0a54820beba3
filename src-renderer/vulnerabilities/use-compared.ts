import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ComparedFinding, compareFindings, orderFindings } from '../../src-main/common/findings.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { Finding } from '../../src-main/common/product-said.ts';
import { vulnerabilityQueries } from './queries.ts';

interface Compared {
  /** Of the image alone, until those of the other one are there. */
  readonly findings: readonly ComparedFinding[];
  readonly isPending: boolean;
  /** Why nothing is compared: there is no such tag, or the request failed. */
  readonly problem: { readonly missing: true } | { readonly error: unknown } | undefined;
}

/** Findings of an image beside those of another tag of the same repository, whose report the registry has already. */
export function useCompared(
  place: RepositoryPlace,
  own: readonly Finding[] | undefined,
  against: string | undefined,
): Compared {
  const tag = useQuery({
    ...vulnerabilityQueries.digest(place, against ?? ''),
    enabled: against !== undefined,
  });
  const digest = tag.data ?? undefined;
  const other = useQuery({
    ...vulnerabilityQueries.findings(place, digest ?? ''),
    enabled: digest !== undefined,
  });
  const compared = against === undefined || digest === undefined ? undefined : other.data;
  const findings = useMemo(() => {
    if (!own) return [];
    return compared ? compareFindings(compared, own) : orderFindings(own);
  }, [own, compared]);
  if (against === undefined) return { findings, isPending: false, problem: undefined };
  const failed = [tag, other].find(({ isError }) => isError);
  const problem = failed
    ? { error: failed.error }
    : tag.data === null
      ? ({ missing: true } as const)
      : undefined;
  return { findings, isPending: problem === undefined && compared === undefined, problem };
}
