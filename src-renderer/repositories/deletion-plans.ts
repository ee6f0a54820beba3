import type { DeletionPlan } from '../../src-main/common/deletion.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { api } from '../api.ts';
import { planDeletion } from '../deletion/plan-deletion.ts';
import { failureOf } from '../ui/failure.ts';

/** Tags that one plan takes. */
const TAGS_MAX = 10_000;

/** What is known so far of the deletion of a repository's tags. */
export type RepositoryDeletion = { readonly repository: string } & (
  | { readonly state: 'waiting' | 'looking' | 'empty' | 'started' }
  /** It has more tags than a plan takes. */
  | { readonly state: 'tooMany' }
  | { readonly state: 'planned'; readonly plan: DeletionPlan }
  | { readonly state: 'failed'; readonly failure: Failure }
);

export type Planned = Extract<RepositoryDeletion, { state: 'planned' }>;

export const isPlanned = (one: RepositoryDeletion): one is Planned => one.state === 'planned';

/** Plans the deletion of all tags that a repository has at its registry now, with what is attached to them; changes nothing. */
export async function planRepository(
  accountId: string,
  repository: string,
  signal: AbortSignal,
): Promise<RepositoryDeletion> {
  try {
    const tags = await tagsNow(accountId, repository, signal);
    if (tags.length === 0) return { repository, state: 'empty' };
    if (tags.length > TAGS_MAX) return { repository, state: 'tooMany' };
    const plan = await planDeletion({ accountId, repository, tags, attached: true }, signal, () => {});
    return { repository, state: 'planned', plan };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error);
    return failure.code === 'notFound'
      ? { repository, state: 'empty' }
      : { repository, state: 'failed', failure };
  }
}

/** As the registry lists them: what is only known of it is left out. */
async function tagsNow(accountId: string, repository: string, signal: AbortSignal): Promise<string[]> {
  const tags: string[] = [];
  for await (const page of await api.catalog.tags({ accountId, repository }, { signal }))
    if (page.seen === undefined) tags.push(...page.tags);
  return tags;
}

/** Starts what was planned and confirmed. */
export async function startDeletion(
  { repository, plan }: Planned,
  consent: boolean,
): Promise<RepositoryDeletion> {
  try {
    await api.plans.start({ planId: plan.id, consent: consent && plan.needsConsent });
    return { repository, state: 'started' };
  } catch (error) {
    return { repository, state: 'failed', failure: failureOf(error) };
  }
}
