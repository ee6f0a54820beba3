import type { AccessOverrides, DeletionPlan } from '../../../services/index.ts';
import { type ChangeFlags, confirm, isInteractive } from '../ask.ts';
import type { Context } from '../context.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { bytesText, print, printJson, shortDigest, tell } from '../output.ts';
import { parseTagReference } from '../references.ts';
import { runOperation } from '../run-operation.ts';

export interface DeleteFlags extends ChangeFlags {
  /** The second consent: tags and indexes nobody asked for may go or break. */
  readonly acceptSideEffects?: boolean;
}

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
  const registry = await core.accounts.forHost(host, access);
  const tags = references.map(({ tag }) => tag);
  const plan = await core.deletion.planFor(registry, repository, tags, { signal });
  if (flags.plan) {
    if (json) await printJson(planDocument(plan));
    else await print(planText(plan));
    return;
  }
  if (!flags.yes || !json) tell(planText(plan));
  await confirm('Delete?', flags, signal);
  if (plan.needsConsent && !flags.acceptSideEffects) await confirmSideEffects(plan, flags, signal);
  const { operationId } = await core.deletion.start(plan.id, plan.needsConsent, { signal });
  await runOperation(context, operationId);
  if (json) await printJson({ ...planDocument(plan), operation: operationId });
  else await print(`Deleted ${[...plan.asked, ...plan.alsoRemoved].join(', ')} of ${host}/${repository}`);
}

/** `--yes` answers the first question only. */
async function confirmSideEffects(
  plan: DeletionPlan,
  { yes }: DeleteFlags,
  signal: AbortSignal,
): Promise<void> {
  const effects = sideEffects(plan);
  if (yes || !isInteractive()) {
    throw new CommandFailure({
      code: 'consentNeeded',
      message: 'This deletes or breaks more than was asked for: add --accept-side-effects to agree.',
      reason: effects,
    });
  }
  await confirm(`${effects}. Do it all the same?`, {}, signal);
}

function sideEffects({ alsoRemoved, manifests }: DeletionPlan): string {
  const broken = manifests.flatMap(({ indexes }) => indexes).map(({ digest, tags }) => named(digest, tags));
  return [
    ...(alsoRemoved.length > 0 ? [`Tags that go too: ${alsoRemoved.join(', ')}`] : []),
    ...(broken.length > 0 ? [`Indexes that break: ${[...new Set(broken)].join(', ')}`] : []),
  ].join('. ');
}

function planDocument(plan: DeletionPlan): object {
  const { host, repository } = plan.place;
  return {
    repository: `${host}/${repository}`,
    tagsAlone: plan.tagsAlone,
    manifests: plan.manifests,
    alsoRemoved: plan.alsoRemoved,
    bytesFreed: plan.bytesFreed,
  };
}

const COLLECTED: Readonly<Record<DeletionPlan['garbageCollection'], string>> = {
  offline: 'once its garbage collection was run by hand',
  online: 'after its next garbage collection',
  automatic: 'soon, by itself',
  unknown: 'after its garbage collection, if it has one',
};

function planText(plan: DeletionPlan): string {
  const lines = [`Delete from ${plan.place.host}/${plan.place.repository}`];
  for (const { tag, digest, siblings } of plan.tagsAlone) {
    const rest =
      siblings.length > 0 ? `its manifest stays, under ${siblings.join(', ')}` : 'its manifest stays';
    lines.push(`  tag ${tag} alone (${shortDigest(digest)}): ${rest}`);
  }
  for (const { digest, tags, indexes, referrers } of plan.manifests) {
    lines.push(`  manifest ${named(digest, tags)}`);
    for (const index of indexes)
      lines.push(`    part of the index ${named(index.digest, index.tags)}, which breaks`);
    for (const referrer of referrers) {
      lines.push(`    ${shortDigest(referrer.digest)} (${referrer.artifactType}) is attached to it`);
    }
  }
  if (plan.alsoRemoved.length > 0)
    lines.push(`  NOT ASKED FOR, but gone too: ${plan.alsoRemoved.join(', ')}`);
  lines.push(`  frees ${bytesText(plan.bytesFreed)} on the registry, ${COLLECTED[plan.garbageCollection]}`);
  return lines.join('\n');
}

function named(digest: string, tags: readonly string[]): string {
  return `${shortDigest(digest)}${tags.length > 0 ? ` (${tags.join(', ')})` : ''}`;
}
