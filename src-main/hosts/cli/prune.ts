import type { DeletionPlan, PlanItem, RegistryHandle, SyncPlan } from '../../services/index.ts';
import { confirm } from './ask.ts';
import type { Context } from './context.ts';
import { confirmSideEffects, type DeleteFlags, deletionText } from './deletion-plan.ts';
import { counted, tell } from './output.ts';
import { runOperation } from './run-operation.ts';

/** Tags that only the target has, and those that this very synchronisation brought or found there. */
export interface Prunable {
  readonly extra: SyncPlan['onlyAtTarget'];
  readonly items: readonly PlanItem[];
}

/**
 * Deletes tags that only the target has: plans all, shows and asks once, then one operation for each repository. A tag stays where
 * deleting it would take one of the synchronisation's own along, whatever consent is given.
 *
 * @param pruned gets each tag that is gone, so that it is told where a later one fails
 */
export async function prune(
  context: Context,
  registry: RegistryHandle,
  { extra, items }: Prunable,
  flags: DeleteFlags,
  pruned: string[],
): Promise<void> {
  const { core, json, signal } = context;
  const plans: DeletionPlan[] = [];
  for (const { repository, tags } of extra) {
    const own = new Set(
      items.flatMap(({ target }) => (target.repository === repository ? [target.tag] : [])),
    );
    const plan = await planWithout(context, registry, { repository, tags }, own);
    if (plan) plans.push(plan);
  }
  if (plans.length === 0) return;
  if (!flags.yes || !json) tell(plans.flatMap(deletionText));
  const count = plans.reduce((sum, { asked }) => sum + asked.length, 0);
  await confirm(`Delete ${counted(count, 'tag')}?`, flags, signal, 'Nothing was deleted.');
  await confirmSideEffects(plans, flags, signal);
  for (const { id, needsConsent, place, asked, alsoRemoved } of plans) {
    const { operationId } = await core.deletion.start(id, needsConsent, { signal });
    await runOperation(context, operationId);
    pruned.push(...[...asked, ...alsoRemoved].map((tag) => `${place.host}/${place.repository}:${tag}`));
  }
}

/** A plan that takes none of `own` along, nor breaks one; undefined where nothing is left to delete. */
async function planWithout(
  { core, json, signal }: Context,
  registry: RegistryHandle,
  { repository, tags }: SyncPlan['onlyAtTarget'][number],
  own: ReadonlySet<string>,
): Promise<DeletionPlan | undefined> {
  let left = tags;
  while (left.length > 0) {
    const plan = await core.deletion.planFor(registry, repository, left, { signal });
    const staying = endangering(plan, own);
    if (staying.size === 0) return plan;
    left = left.filter((tag) => !staying.has(tag));
    if (!json)
      tell(
        [...staying].map(
          ([tag, along]) =>
            `${plan.place.host}/${repository}:${tag} stays: deleting it would take along ${along.join(', ')}`,
        ),
      );
  }
  return undefined;
}

/** The tags of a plan whose deletion would take or break what must stay, each with that. */
function endangering(plan: DeletionPlan, own: ReadonlySet<string>): Map<string, string[]> {
  const asked = new Set(plan.asked);
  const staying = new Map<string, string[]>();
  for (const { tags, indexes } of plan.manifests) {
    const hurt = [...tags, ...indexes.flatMap((index) => index.tags)].filter((tag) => own.has(tag));
    if (hurt.length === 0) continue;
    const named = tags.filter((tag) => asked.has(tag));
    // What no tag that was asked for points at goes along with one of them; which, the plan does not tell.
    for (const tag of named.length > 0 ? named : plan.asked) staying.set(tag, [...new Set(hurt)]);
  }
  return staying;
}
