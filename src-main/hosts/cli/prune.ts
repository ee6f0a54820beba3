import type { DeletionPlan } from '../../common/deletion.ts';
import type { SyncPlan } from '../../common/transfer.ts';
import type { RegistryHandle } from '../../services/index.ts';
import { confirm } from './ask.ts';
import type { Context } from './context.ts';
import {
  confirmSideEffects,
  type DeleteFlags,
  deletionText,
  sideEffectsOf,
  sparedText,
} from './deletion-plan.ts';
import { counted, report } from './output.ts';
import { runOperation } from './run-operation.ts';
import { typedNames } from './typed-name.ts';

/**
 * Deletes tags that only the target has: plans all, shows and asks once, then one operation for each repository. A tag stays where
 * deleting it would take one of the synchronisation's own along, whatever consent is given.
 *
 * @param pruned gets each tag that is gone, so that it is reported where a later one fails
 */
export async function prune(
  context: Context,
  registry: RegistryHandle,
  extra: SyncPlan['summary']['onlyAtTarget'],
  flags: DeleteFlags,
  pruned: string[],
): Promise<void> {
  const { core, json, signal } = context;
  const plans: DeletionPlan[] = [];
  for (const { repository, tags, kept } of extra) {
    const plan = await core.deletion.planFor(registry, repository, tags, { kept, signal });
    if (!json)
      report(
        plan.summary.spared.map((stays) => `${plan.subject.place.host}/${repository}:${sparedText(stays)}`),
      );
    if (plan.summary.asked.length > 0) plans.push(plan);
  }
  if (plans.length === 0) return;
  if (!flags.yes || !json) report(plans.flatMap(deletionText));
  const count = plans.reduce((sum, { summary }) => sum + summary.asked.length, 0);
  await confirm(`Delete ${counted(count, 'tag')}?`, flags, signal, 'Nothing was deleted.');
  await confirmSideEffects(sideEffectsOf(plans), flags, signal);
  const typed = await typedNames(context, plans, flags);
  for (const { id, needsConsent, subject, summary } of plans) {
    const { host, repository } = subject.place;
    const { operationId } = await core.plans.start(id, {
      consent: needsConsent,
      typed: typed.get(id),
      signal,
    });
    await runOperation(context, operationId);
    pruned.push(...[...summary.asked, ...summary.alsoRemoved].map((tag) => `${host}/${repository}:${tag}`));
  }
}
