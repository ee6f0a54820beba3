import type {
  Amount,
  CollectOutcome,
  CollectPlan,
  DiskUse,
  LocalRegistryUsage,
} from '../../../common/collection.ts';
import { collectItem, collectOutcome } from '../../../common/collection.ts';
import type { Core } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { bytesText, counted, print, printJson, report, shortDigest } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { Table } from '../table.ts';

/** Rows of a plan asked for at a time. */
const PAGE = 1_000;

export interface CollectFlags extends ChangeFlags {
  /** Manifests without a tag go as well. */
  readonly untagged?: boolean;
}

/** `local usage`: what the embedded registry's folder takes on the disk, and for what. */
export async function localUsage({ core, json, signal }: Context): Promise<void> {
  const usage = await core.collections.usage({ signal });
  if (json) await printJson({ folder: core.localRegistry.state().folder, ...usage });
  else await print(usageText(usage));
}

/** `local gc`: takes what nothing needs from the embedded registry, which goes on meanwhile. */
export async function localCollect(context: Context, flags: CollectFlags): Promise<void> {
  const { core, json, signal } = context;
  const registry = await core.localRegistry.handle();
  const plan = await core.collections.planFor(registry, { untagged: flags.untagged === true, signal });
  if (flags.plan) {
    if (json) await printJson(planDocument(core, plan));
    else await print(planText(core, plan));
    return;
  }
  if (!flags.yes || !json) report(planText(core, plan));
  if (plan.items.total === 0) {
    if (json) {
      const { disk } = await core.collections.usage({ signal });
      await printJson({
        manifests: 0,
        ...plan.summary,
        disk: { before: disk, after: disk },
        operation: null,
      });
    }
    return;
  }
  await confirm('Collect garbage? This cannot be undone.', flags, signal);
  const { operationId } = await core.plans.start(plan.id, { signal });
  const { outcome: noted, failure } = await runOperation(context, operationId);
  const outcome = collectOutcome.safeParse(noted).data;
  if (!outcome)
    throw new CommandFailure({
      code: 'storageFailed',
      message: 'The result of the collection cannot be read.',
    });
  if (json) await printJson({ ...outcome, operation: operationId });
  else await print([...outcomeText(outcome), ...(failure?.reason ? [failure.reason] : [])]);
}

function usageText({
  disk,
  referenced,
  orphaned,
  recent,
  untagged,
  uploads,
  drafts,
  ...rest
}: LocalRegistryUsage) {
  const rows = [
    ['on the disk', counted(disk.files, 'file'), bytesText(disk.allocated)],
    ['in use', ...amountCells(referenced)],
    ['no longer used', ...amountCells(orphaned)],
    ['kept for pushes under way', ...amountCells(recent)],
    [
      'manifests without a tag, and what they alone hold',
      counted(untagged.count, 'manifest'),
      bytesText(untagged.bytes),
    ],
    ['uploads under way', ...amountCells(uploads.open)],
    ['uploads given up', ...amountCells(uploads.expired)],
    ['files not written to their end', ...amountCells(drafts)],
  ];
  return [...new Table(['', '', ''], [1, 2]).lines(rows), ...unreadableText(rest.unreadable)];
}

function amountCells({ count, bytes }: Amount): [string, string] {
  return [counted(count, 'file'), bytesText(bytes)];
}

function planText(core: Core, plan: CollectPlan): string[] {
  const { subject, summary } = plan;
  const { blobs, uploads, drafts, kept } = summary;
  const lines = [`Collect garbage of ${subject.place.host}`];
  for (const { repository, digest, size } of itemsOf(core, plan, 'manifest'))
    lines.push(`  manifest ${repository}@${shortDigest(digest ?? '')} without a tag (${bytesText(size)})`);
  if (blobs.count > 0)
    lines.push(`  ${counted(blobs.count, 'blob')} that nothing needs: ${bytesText(blobs.bytes)}`);
  if (uploads.count > 0)
    lines.push(`  ${counted(uploads.count, 'upload')} given up: ${bytesText(uploads.bytes)}`);
  if (drafts.count > 0)
    lines.push(`  ${counted(drafts.count, 'file')} not written to the end: ${bytesText(drafts.bytes)}`);
  lines.push(
    plan.items.total === 0
      ? '  nothing: everything in it is needed'
      : `  frees ${bytesText(summary.bytes)} on disk and cannot be undone`,
  );
  lines.push(`  stays: ${counted(kept.content.count, 'blob')}, ${bytesText(kept.content.bytes)}`);
  if (kept.recent.count > 0)
    lines.push(
      `  stays for an hour, since a push may need it: ${counted(kept.recent.count, 'blob')}, ${bytesText(kept.recent.bytes)}`,
    );
  return [...lines, ...unreadableText(kept.unreadable)];
}

function unreadableText(repositories: readonly string[]): string[] {
  return repositories.map((name) => `  ${name} stays whole: a manifest of it cannot be read`);
}

function outcomeText({ manifests, blobs, bytes, kept, disk }: CollectOutcome): string[] {
  const what = [
    ...(manifests > 0 ? [`${counted(manifests, 'manifest')} without a tag`] : []),
    counted(blobs.count, 'blob'),
  ];
  return [
    `Collected ${what.join(' and ')}: ${bytesText(bytes)}`,
    `On the disk ${diskText(disk.before)} before, ${diskText(disk.after)} after`,
    ...(kept.recent.count > 0
      ? [`Kept for pushes under way: ${counted(kept.recent.count, 'blob')}, ${bytesText(kept.recent.bytes)}`]
      : []),
  ];
}

function diskText({ allocated, files }: DiskUse): string {
  return `${bytesText(allocated)} (${counted(files, 'file')})`;
}

function* itemsOf({ plans }: Core, { id }: CollectPlan, state: string) {
  for (let offset = 0; ; offset += PAGE) {
    const { items, total } = plans.items(id, { state, offset, limit: PAGE });
    for (const item of items) yield collectItem.parse(item);
    if (offset + PAGE >= total) return;
  }
}

function planDocument(core: Core, plan: CollectPlan): object {
  const { blobs, uploads, drafts, bytes, kept } = plan.summary;
  const manifests = [...itemsOf(core, plan, 'manifest')];
  return {
    host: plan.subject.place.host,
    manifests: manifests.map(({ repository, digest, size }) => ({ repository, digest, size })),
    blobs,
    uploads,
    drafts,
    bytes,
    kept,
  };
}
