import type { DeletionPlan } from '../../../common/deletion.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { confirmSideEffects, type DeleteFlags, deletionText, sideEffectsOf } from '../deletion-plan.ts';
import { isNamespace, parseDoomed, tagsMeant } from '../doomed.ts';
import { Cancelled, CommandFailure, errorDocument } from '../failures.ts';
import { print, printJson, report, shortDigest } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { typedNames } from '../typed-name.ts';
import { deleteWhole } from './delete-whole.ts';

/**
 * `delete REF…`: tags, patterns of tags and digests, of one repository or of several. All is planned, shown and asked for once;
 * then there is one operation for each repository, and one that fails holds up no other.
 */
export async function deleteAll(
  context: Context,
  texts: readonly string[],
  flags: DeleteFlags,
  access: AccessOverrides,
): Promise<void> {
  if (flags.repository || texts.some(isNamespace)) return await deleteWhole(context, texts, flags, access);
  const { core, json, signal } = context;
  const plans: DeletionPlan[] = [];
  for (const place of parseDoomed(texts)) {
    const registry = await context.registry(place.host, access, place.repository);
    const tags = await tagsMeant(context, registry, place);
    plans.push(
      await core.deletion.planFor(registry, place.repository, tags, {
        digests: place.digests,
        attached: flags.withAttached === true,
        signal,
      }),
    );
  }
  const document = (all: readonly object[]) =>
    all.length === 1 ? (all[0] as object) : { repositories: all };
  if (flags.plan) {
    if (json) await printJson(document(plans.map(planDocument)));
    else await print(plans.flatMap(deletionText));
    return;
  }
  if (!flags.yes || !json) report(plans.flatMap(deletionText));
  const spared = plans.flatMap(({ summary }) => summary.spared);
  if (spared.length > 0 && plans.every(({ items }) => items.total === 0))
    throw new CommandFailure({
      code: 'protectedTag',
      message: 'All that was asked for is protected: nothing was deleted.',
      reason: spared.map(({ tag }) => tag).join(', '),
    });
  await confirm('Delete?', flags, signal);
  await confirmSideEffects(sideEffectsOf(plans), flags, signal);
  const typed = await typedNames(context, plans, flags);
  const done: object[] = [];
  const errors: unknown[] = [];
  for (const plan of plans) {
    try {
      const { operationId } = await core.plans.start(plan.id, {
        consent: plan.needsConsent,
        keepContent: flags.keepContent,
        typed: typed.get(plan.id),
        signal,
      });
      await runOperation(context, operationId);
      done.push({ ...planDocument(plan), operation: operationId });
      if (!json)
        await print(
          `Deleted ${namesOf(plan.summary).join(', ')} of ${plan.subject.place.host}/${plan.subject.place.repository}`,
        );
    } catch (error) {
      if (error instanceof Cancelled || signal.aborted || plans.length === 1) throw error;
      errors.push(error);
    }
  }
  if (json) await printJson(plans.length === 1 ? document(done) : { repositories: done });
  if (errors.length > 0) throw errors[0];
}

/** Tags that went, and digests that had none. */
function namesOf({ asked, alsoRemoved, manifests }: DeletionPlan['summary']): string[] {
  const untagged = manifests.filter(({ tags }) => tags.length === 0);
  const others = manifests.flatMap(({ tags }) => tags);
  const tags = [...new Set([...asked, ...alsoRemoved, ...others])];
  return [...tags, ...untagged.map(({ digest }) => `@${shortDigest(digest)}`)];
}

function planDocument({ subject, summary: plan }: DeletionPlan): object {
  const { host, repository } = subject.place;
  return {
    repository: `${host}/${repository}`,
    tagsAlone: plan.tagsAlone,
    manifests: plan.manifests,
    aloneBy: plan.aloneBy,
    alsoRemoved: plan.alsoRemoved,
    attached: plan.attached,
    ...(plan.spared.length > 0 && { spared: plan.spared }),
    blocked: plan.blocked.map(({ tag, failure }) => ({ tag, error: errorDocument(failure) })),
    unseen: plan.unseen,
    unread: plan.unread,
    bytesFreed: plan.bytesFreed,
    bytesInChildren: plan.bytesInChildren,
    bytesAtMost: plan.bytesAtMost,
    inRegistry: plan.inRegistry ?? null,
    garbageCollection: plan.garbageCollection.when,
    refilled: plan.refilled,
  };
}
