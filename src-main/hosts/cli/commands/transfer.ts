import {
  type CopyOptions,
  type CopyPlan,
  type TransferItem,
  transferItem,
} from '../../../common/transfer.ts';
import { checkTag, formatReference, isDigest } from '../../../engine/index.ts';
import type { Side } from '../../../engine/vocabulary/transfer.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import { confirm, type OverwriteFlags } from '../ask.ts';
import type { Context } from '../context.ts';
import {
  blobsText,
  type CopyFlags,
  choiceText,
  copyOptionsOf,
  keptText,
  leftOutText,
  replacedText,
  unseenText,
} from '../copy-options.ts';
import { copySource, copyTarget } from '../copy-places.ts';
import { errorDocument } from '../failures.ts';
import { counted, print, printJson, report, shortDigest } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { runOperation, secondsOf } from '../run-operation.ts';

/** `copy SRC DST`: without a tag the target takes the source's. */
export async function copy(
  context: Context,
  sourceText: string,
  targetText: string,
  flags: OverwriteFlags & CopyFlags,
  access: Record<Side, AccessOverrides>,
): Promise<void> {
  const options = copyOptionsOf(flags);
  const source = await copySource(context, sourceText, access.source);
  const target = await copyTarget(context, targetText, access.target, source);
  const copied = {
    source: { repository: source.repository, reference: source.reference },
    target: { repository: target.repository, tag: target.reference },
  };
  const plan = await context.core.transfers.planCopies(source.handle, target.handle, [copied], {
    signal: context.signal,
    unread: context.json && flags.yes === true && !flags.plan,
    ...options,
  });
  await transfer(context, plan, source.text, target.text, flags, options);
}

/** `retag REF TAG`: another tag for the same manifest, in its repository. */
export async function retag(
  context: Context,
  text: string,
  tag: string,
  flags: OverwriteFlags,
  access: AccessOverrides,
): Promise<void> {
  checkTag(tag);
  const { host, repository, reference } = parseManifestReference(text);
  const registry = await context.registry(host, access, repository);
  const named = { source: { repository, reference }, target: { repository, tag } };
  const { signal } = context;
  const plan = await context.core.transfers.planCopies(registry, registry, [named], { signal });
  const source = formatReference({ host, repository, ...namedBy(reference) });
  await transfer(context, plan, source, formatReference({ host, repository, tag }), flags);
}

async function transfer(
  context: Context,
  plan: CopyPlan,
  source: string,
  target: string,
  flags: OverwriteFlags,
  options?: CopyOptions,
): Promise<void> {
  const { core, json, signal } = context;
  const item = itemOf(context, plan);
  const unchanged = item.state === 'same';
  const { attached, leftOut, blobs } = plan.summary;
  const { digest } = item;
  if (flags.plan) {
    if (json) await printJson(planDocument(plan, item, source, target));
    else await print(planText(plan, item, source, target, options));
    return;
  }
  let operationId: string | null = null;
  let moved = { bytesSent: 0, bytesMounted: 0, bytesPresent: blobs.present.bytes, seconds: 0 };
  if (!unchanged) {
    if (!flags.yes || !json) report(planText(plan, item, source, target, options));
    await confirm(plan.kind === 'retag' ? 'Retag?' : 'Copy?', flags, signal);
    ({ operationId } = await core.plans.start(plan.id, { keepContent: flags.keepContent, signal }));
    const operation = await runOperation(context, operationId);
    const { bytesSent, bytesMounted, bytesPresent } = operation.progress;
    moved = { bytesSent, bytesMounted, bytesPresent, seconds: secondsOf(operation) };
  }
  if (json) {
    await printJson({
      source,
      target,
      digest,
      unchanged,
      attached,
      leftOut,
      ...moved,
      operation: operationId,
    });
    return;
  }
  const done = unchanged ? 'is there already' : plan.kind === 'retag' ? 'is set' : 'is copied';
  await print([`${target} ${done} (${digest})`, ...leftOutText(leftOut)]);
}

/** A tag or a digest, as a reference has it. */
function namedBy(reference: string): { tag: string } | { digest: string } {
  return isDigest(reference) ? { digest: reference } : { tag: reference };
}

/** The one line of its plan. */
function itemOf({ core }: Context, { id }: CopyPlan): TransferItem & { digest: string } {
  const item = transferItem.parse(core.plans.items(id, { offset: 0, limit: 1 }).items[0]);
  const { digest } = item;
  if (digest === undefined) throw new TypeError('A plan to copy nothing.');
  return { ...item, digest };
}

function planDocument({ summary }: CopyPlan, item: TransferItem, source: string, target: string): object {
  const { state, digest, sourceDigest, mediaType, replaces, unseen } = item;
  const { manifests, attached, blobs, leftOut } = summary;
  return {
    source,
    target,
    digest,
    sourceDigest,
    mediaType,
    replaces: replaces ?? null,
    unseen: unseen ? errorDocument(unseen) : null,
    unchanged: state === 'same',
    manifests,
    attached,
    blobs,
    leftOut,
  };
}

function planText(
  plan: CopyPlan,
  item: TransferItem & { digest: string },
  source: string,
  target: string,
  options?: CopyOptions,
): string[] {
  const { digest, sourceDigest = digest, replaces, unseen } = item;
  const { manifests, attached, blobs, leftOut } = plan.summary;
  const unchanged = item.state === 'same';
  const lines = [
    `${plan.kind === 'retag' ? 'Retag' : 'Copy'} ${source}`,
    `  to ${target} (${shortDigest(digest)})`,
    ...(options ? choiceText(options, { source: sourceDigest, target: digest }) : []),
    ...('source' in plan.subject ? keptText(plan.subject) : []),
  ];
  if (unchanged) lines.push('  nothing to do: it is there already');
  else if (replaces === digest) lines.push('  the image itself is there already');
  else if (replaces !== undefined) lines.push(`  the tag moves away from ${replaces}`);
  lines.push(...replacedText(plan.summary).map((line) => `  ${line}`));
  if (unseen) lines.push(`  ${unseenText(unseen)}`);
  if (plan.kind === 'copy' && !unchanged) {
    const along = attached > 0 ? `, ${attached} of them attached (signatures, SBOMs, attestations)` : '';
    lines.push(`  ${counted(manifests, 'manifest')}${along}`, `  ${blobsText(blobs)}`);
    lines.push(...leftOutText(leftOut).map((line) => `  ${line}`));
  }
  return lines;
}
