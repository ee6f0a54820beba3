import type { CleanupRules } from '../../common/cleanup.ts';
import type { CleanupScope, CleanupWhy } from '../../common/cleanup-run.ts';
import { isPattern } from '../../common/patterns.ts';
import type { Candidates, CandidateTag, Inventory, UntaggedManifest } from '../../data/index.ts';
import {
  type CleanupContext,
  type CompiledRules,
  type Decision,
  decide,
  subjectOfTag,
} from '../../engine/index.ts';
import { inTurns } from '../in-turns.ts';

/** What rules say of something. */
interface Decided<Of> {
  of: Of;
  decision: Decision;
}

export interface DecidedRepository {
  tags: Decided<CandidateTag>[];
  untagged: Decided<UntaggedManifest>[];
}

/**
 * What rules say of a repository, by what is known of it.
 *
 * @param gone digests that things are attached to, and that the registry was asked for and has not
 */
export async function decideKnown(
  repository: string,
  known: Candidates,
  rules: CompiledRules,
  context: CleanupContext,
  { gone, signal }: { gone: ReadonlySet<string>; signal: AbortSignal | undefined },
): Promise<DecidedRepository> {
  const mark = <Of extends object>(of: Of, subject: string | undefined) =>
    subject !== undefined && gone.has(subject) ? { ...of, subjectGone: true as const } : of;
  const { tags, untagged } = await inTurns(
    decide(
      {
        name: repository,
        tags: known.tags.map((tag) => mark(tag, subjectOfTag(tag.name))),
        untagged: known.untagged.map((one) => mark(one, one.subject)),
      },
      rules,
      context,
    ),
    signal,
  );
  return { tags: paired(known.tags, tags), untagged: paired(known.untagged, untagged) };
}

function paired<Of>(all: readonly Of[], decisions: readonly Decision[]): Decided<Of>[] {
  return all.flatMap((of, at) => {
    const decision = decisions[at];
    return decision ? [{ of, decision }] : [];
  });
}

/** The repositories of a registry that rules are about, in their order. */
export async function* governed(
  inventory: Inventory,
  registry: string,
  rules: CompiledRules,
  { namespace, repository }: CleanupScope,
): AsyncGenerator<string, void, void> {
  if (repository !== undefined) {
    if (rules.governs(repository)) yield repository;
    return;
  }
  for (let after: string | undefined; ; ) {
    const { names } = await inventory.knownRepositories(registry, after);
    for (const name of names)
      if ((namespace === undefined || name.startsWith(`${namespace}/`)) && rules.governs(name)) yield name;
    after = names.at(-1);
    if (after === undefined) return;
  }
}

/**
 * The part of a registry that rules are about at most: what begins all their patterns. Looking through it costs less than all of it.
 *
 * @param scope where it is given, that is it
 */
export function narrowed({ rules }: CleanupRules, scope: CleanupScope): CleanupScope {
  if (scope.namespace !== undefined || scope.repository !== undefined) return scope;
  const patterns = rules.flatMap(({ repositories }) => repositories);
  const [only = ''] = patterns;
  if (patterns.length === 1 && !isPattern(only)) return { repository: only };
  const paths = patterns.map((pattern) => {
    const parts = pattern.split('/').slice(0, -1);
    const wild = parts.findIndex((part) => isPattern(part));
    return wild < 0 ? parts : parts.slice(0, wild);
  });
  const [first = []] = paths;
  const end = first.findIndex((part, at) => paths.some((path) => path[at] !== part));
  const namespace = (end < 0 ? first : first.slice(0, end)).join('/');
  return namespace === '' ? {} : { namespace };
}

export function whyOf({ reason, rule, entry, missing, with: other }: Decision): CleanupWhy {
  return {
    reason,
    ...(rule === undefined ? {} : { rule }),
    ...(entry === undefined ? {} : { entry }),
    ...(missing === undefined ? {} : { missing }),
    ...(other === undefined ? {} : { with: other }),
  };
}
