import { isPattern } from '../../common/patterns.ts';
import { parseReference } from '../../engine/index.ts';
import { type RegistryHandle, tagMatcher } from '../../services/index.ts';
import type { Context } from './context.ts';
import { CommandFailure, UsageError } from './failures.ts';
import { parseRepository } from './references.ts';

/** What is to be deleted of one repository: `HOST/REPO:TAG`, `HOST/REPO:PATTERN` and `HOST/REPO@DIGEST`. */
export interface DoomedPlace {
  readonly host: string;
  readonly repository: string;
  readonly tags: string[];
  readonly patterns: string[];
  readonly digests: string[];
}

const BELOW = '/**';

/** `HOST/NAMESPACE/**`: all repositories below it. */
export const isNamespace = (text: string): boolean => text.endsWith(BELOW);

/** Repositories and namespaces to be deleted with all their tags. */
export interface DoomedWhole {
  readonly host: string;
  readonly repositories: string[];
  readonly namespaces: string[];
}

/** Of one registry. @throws UsageError; RegistryError `invalidReference` */
export function parseWhole(texts: readonly string[]): DoomedWhole {
  const named = texts.map((text) => {
    const whole = isNamespace(text);
    return { whole, ...parseRepository(whole ? text.slice(0, -BELOW.length) : text) };
  });
  const [host = '', ...others] = new Set(named.map((one) => one.host));
  if (others.length > 0)
    throw new UsageError('Delete repositories and namespaces of one registry at a time.');
  const namesOf = (whole: boolean) =>
    named.filter((one) => one.whole === whole).map(({ repository }) => repository);
  return { host, repositories: namesOf(false), namespaces: namesOf(true) };
}

/** By repository, in the order they were named. @throws UsageError; RegistryError `invalidReference` */
export function parseDoomed(texts: readonly string[]): DoomedPlace[] {
  const places = new Map<string, DoomedPlace>();
  for (const text of texts) {
    const { host, repository, ...one } = parseOne(text);
    const key = `${host}/${repository}`;
    const place = places.get(key) ?? { host, repository, tags: [], patterns: [], digests: [] };
    places.set(key, place);
    if (one.tag !== undefined) place.tags.push(one.tag);
    if (one.pattern !== undefined) place.patterns.push(one.pattern);
    if (one.digest !== undefined) place.digests.push(one.digest);
  }
  return [...places.values()];
}

function parseOne(text: string): {
  host: string;
  repository: string;
  tag?: string | undefined;
  pattern?: string;
  digest?: string | undefined;
} {
  const colon = text.lastIndexOf(':');
  const last = text.slice(colon + 1);
  if (colon > text.lastIndexOf('/') && isPattern(last))
    return { ...parseRepository(text.slice(0, colon)), pattern: last };
  const { host, repository, tag, digest } = parseReference(text);
  if ((tag === undefined) === (digest === undefined))
    throw new UsageError(
      `"${text}" should name one of these: HOST/REPO:TAG, HOST/REPO:PATTERN, HOST/REPO@DIGEST.`,
    );
  return { host, repository, tag, digest };
}

/**
 * The tags named and those that a pattern matches; signatures' tags only where the pattern begins like them.
 *
 * @throws CommandFailure `notFound` for a pattern that no tag is meant by
 */
export async function tagsMeant(
  { core, signal }: Context,
  registry: RegistryHandle,
  { host, repository, tags, patterns }: DoomedPlace,
): Promise<string[]> {
  const meant = new Set(tags);
  if (patterns.length === 0) return [...meant];
  const all: string[] = [];
  for await (const page of core.catalog.tags(registry, repository, { signal })) all.push(...page.tags);
  for (const pattern of patterns) {
    const matches = tagMatcher(
      { tags: [pattern], excludeTags: [], versions: '' },
      { attached: /^sha/.test(pattern) },
    );
    const found = all.filter(matches);
    if (found.length === 0)
      throw new CommandFailure({
        code: 'notFound',
        message: `No tag of ${host}/${repository} matches ${pattern}.`,
      });
    for (const tag of found) meant.add(tag);
  }
  return [...meant];
}
