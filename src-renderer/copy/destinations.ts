import { useCallback } from 'react';
import { z } from 'zod';
import { useRemembered } from '../ui/use-remembered.ts';

/** Destinations that are offered again. */
const KEPT = 12;

const destination = z.object({
  accountId: z.string(),
  repository: z.string(),
  /** Name of the repository that was copied there. */
  from: z.string(),
});
export type Destination = z.infer<typeof destination>;

const destinations = z.array(destination);
const NONE: Destination[] = [];

/** Where images were copied to from here, the last first. */
export function useDestinations(): [readonly Destination[], (used: Destination) => void] {
  const [known, remember] = useRemembered('destinations', destinations, NONE);
  const add = useCallback((used: Destination) => remember((before) => withUsed(before, used)), [remember]);
  return [known, add];
}

export function withUsed(before: readonly Destination[], used: Destination): Destination[] {
  const isOther = ({ accountId, repository, from }: Destination) =>
    accountId !== used.accountId || repository !== used.repository || from !== used.from;
  return [used, ...before.filter(isOther)].slice(0, KEPT);
}

/**
 * What is suggested for a repository: the registry that was copied to last, and the name that this repository got there last, or its own.
 *
 * @param writable ids of the registries that may be written to, in their order
 */
export function suggested(
  known: readonly Destination[],
  { accountId, repository }: { accountId: string; repository: string },
  writable: readonly string[],
): { accountId: string; repository: string } | undefined {
  const last = known.find((each) => writable.includes(each.accountId) && each.from === repository);
  if (last) return { accountId: last.accountId, repository: last.repository };
  const used = known.find((each) => writable.includes(each.accountId) && each.accountId !== accountId);
  const to = used?.accountId ?? writable.find((id) => id !== accountId) ?? writable[0];
  return to === undefined ? undefined : { accountId: to, repository };
}
