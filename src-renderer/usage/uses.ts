import { z } from 'zod';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { SeenPlace } from '../../src-main/common/registry.ts';

/** How much something was used: each use counts 1, and half as much after some days. */
const use = z.object({
  /** See {@link keyOf}. */
  key: z.string().max(2_000),
  /** As it was at the last use. */
  score: z.number().nonnegative(),
  /** Unix milliseconds of the last use. */
  at: z.number(),
});
export type Use = z.infer<typeof use>;

/** The latest first. */
export const uses = z.array(use);

const HALF_LIFE_MS = 7 * 86_400_000;
/** More are forgotten, those first that are used least. */
const MOST = 300;

/** Names of what is used. Names of registries, repositories, tags and digests hold no spaces. */
export const keyOf = {
  command: (id: string) => `command ${id}`,
  registry: (accountId: string) => `registry ${accountId}`,
  place: ({ accountId, repository, tag, digest }: SeenPlace) =>
    [
      'place',
      accountId,
      repository,
      tag === undefined ? '' : `:${tag}`,
      digest === undefined ? '' : `@${digest}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
};

/** The place that a key is of. */
export function placeOf(key: string): SeenPlace | undefined {
  const [kind, accountId, repository, ...references] = key.split(' ');
  if (kind !== 'place' || accountId === undefined || repository === undefined) return undefined;
  const tag = references.find((each) => each.startsWith(':'))?.slice(1);
  const digest = references.find((each) => each.startsWith('@'))?.slice(1);
  return {
    accountId,
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** The list with one use more. */
export function withUse(list: readonly Use[], key: string, now: number): Use[] {
  const before = list.find((each) => each.key === key);
  const next = [
    { key, score: (before ? scoreAt(before, now) : 0) + 1, at: now },
    ...list.filter((each) => each !== before),
  ];
  if (next.length <= MOST) return next;
  const least = next.reduce((a, b) => (scoreAt(b, now) < scoreAt(a, now) ? b : a));
  return next.filter((each) => each !== least);
}

/** The list without a repository, its tags and its digests. */
export function withoutRepository(list: Use[], { accountId, repository }: RepositoryPlace): Use[] {
  const isOf = (key: string) => {
    const place = placeOf(key);
    return place?.accountId === accountId && place.repository === repository;
  };
  return list.some(({ key }) => isOf(key)) ? list.filter(({ key }) => !isOf(key)) : list;
}

/** What a use some time ago still counts. */
function scoreAt({ score, at }: Use, now: number): number {
  return score * 0.5 ** (Math.max(0, now - at) / HALF_LIFE_MS);
}

/** How much each key is used; 0 for what never was. */
export function scoresOf(list: readonly Use[], now: number): (key: string) => number {
  const scores = new Map(list.map((each) => [each.key, scoreAt(each, now)]));
  return (key) => scores.get(key) ?? 0;
}

/** The repositories that were opened last, the latest first; whatever of one was opened counts. */
export function recentRepositories(
  list: readonly Use[],
): readonly { accountId: string; repository: string }[] {
  const found = new Map<string, { accountId: string; repository: string }>();
  for (const { key } of list) {
    const place = placeOf(key);
    if (!place) continue;
    const { accountId, repository } = place;
    const id = `${accountId} ${repository}`;
    if (!found.has(id)) found.set(id, { accountId, repository });
  }
  return [...found.values()];
}
