import type { AccessOverrides, DeletionPlan } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { confirmSideEffects, type DeleteFlags, deletionText } from '../deletion-plan.ts';
import { errorDocument, UsageError } from '../failures.ts';
import { print, printJson, tell } from '../output.ts';
import { parseTagReference } from '../references.ts';
import { runOperation } from '../run-operation.ts';

/** `delete REF…`: tags of one repository, in one plan. */
export async function deleteTags(
  context: Context,
  texts: readonly string[],
  flags: DeleteFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const references = texts.map(parseTagReference);
  const [first] = references;
  if (!first) throw new UsageError('Name at least one tag.');
  const { host, repository } = first;
  if (references.some((other) => other.host !== host || other.repository !== repository)) {
    throw new UsageError('One plan is for one repository: delete the tags of each by a command of its own.');
  }
  const registry = await context.registry(host, access, repository);
  const tags = references.map(({ tag }) => tag);
  const plan = await core.deletion.planFor(registry, repository, tags, { signal });
  if (flags.plan) {
    if (json) await printJson(planDocument(plan));
    else await print(deletionText(plan));
    return;
  }
  if (!flags.yes || !json) tell(deletionText(plan));
  await confirm('Delete?', flags, signal);
  await confirmSideEffects([plan], flags, signal);
  const { operationId } = await core.deletion.start(plan.id, plan.needsConsent, { signal });
  await runOperation(context, operationId);
  if (json) await printJson({ ...planDocument(plan), operation: operationId });
  else await print(`Deleted ${[...plan.asked, ...plan.alsoRemoved].join(', ')} of ${host}/${repository}`);
}

function planDocument(plan: DeletionPlan): object {
  const { host, repository } = plan.place;
  return {
    repository: `${host}/${repository}`,
    tagsAlone: plan.tagsAlone,
    manifests: plan.manifests,
    aloneBy: plan.aloneBy,
    alsoRemoved: plan.alsoRemoved,
    attached: plan.attached,
    blocked: plan.blocked.map(({ tag, failure }) => ({ tag, error: errorDocument(failure) })),
    unseen: plan.unseen,
    bytesFreed: plan.bytesFreed,
    bytesInChildren: plan.bytesInChildren,
  };
}
