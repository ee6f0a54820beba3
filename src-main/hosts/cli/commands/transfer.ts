import { checkTag, formatReference, parseReference, type Reference } from '../../../engine/index.ts';
import type { AccessOverrides, CopyPlan } from '../../../services/index.ts';
import { keepYoungHeapSmall } from '../../shared/young-heap.ts';
import type { Side } from '../access.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { bytesText, print, printJson, shortDigest, tell } from '../output.ts';
import { parseManifestReference } from '../references.ts';
import { runOperation } from '../run-operation.ts';

/** @throws RegistryError `invalidReference` */
export function nameOneRegistry(source: string, target: string): boolean {
  return parseReference(source).host === parseReference(target).host;
}

/** `copy SRC DST`: without a tag the target takes the source's. */
export async function copy(
  context: Context,
  sourceText: string,
  targetText: string,
  flags: ChangeFlags,
  access: Record<Side, AccessOverrides>,
): Promise<void> {
  const source = parseManifestReference(sourceText);
  const target = parseReference(targetText);
  const tag = target.tag ?? source.tag;
  if (target.digest !== undefined) throw new UsageError('The target is a tag: a digest cannot be chosen.');
  if (tag === undefined) throw new UsageError(`"${targetText}" needs a :tag, since the source has none.`);
  const [from, to] = await Promise.all([
    context.core.accounts.forHost(source.host, access.source),
    context.core.accounts.forHost(target.host, access.target),
  ]);
  const plan = await context.core.transfers.planBetween(
    { registry: from, repository: source.repository, reference: source.reference },
    { registry: to, repository: target.repository, tag },
    { signal: context.signal },
  );
  await transfer(context, plan, source, { host: target.host, repository: target.repository, tag }, flags);
}

/** `retag REF TAG`: another tag for the same manifest, in its repository. */
export async function retag(
  context: Context,
  text: string,
  tag: string,
  flags: ChangeFlags,
  access: AccessOverrides,
): Promise<void> {
  const source = parseManifestReference(text);
  checkTag(tag);
  const registry = await context.core.accounts.forHost(source.host, access);
  const { repository, reference } = source;
  const plan = await context.core.transfers.planBetween(
    { registry, repository, reference },
    { registry, repository, tag },
    { signal: context.signal },
  );
  await transfer(context, plan, source, { host: source.host, repository, tag }, flags);
}

async function transfer(
  context: Context,
  plan: CopyPlan,
  sourceReference: Reference,
  targetReference: Reference,
  flags: ChangeFlags,
): Promise<void> {
  const { core, json, signal } = context;
  const source = formatReference(plainReference(sourceReference));
  const target = formatReference(targetReference);
  if (flags.plan) {
    if (json) await printJson(planDocument(plan, source, target));
    else await print(planText(plan, source, target));
    return;
  }
  let moved = { bytesSent: 0, bytesMounted: 0, bytesPresent: plan.blobs.present.bytes, seconds: 0 };
  if (!plan.unchanged) {
    if (!flags.yes || !json) tell(planText(plan, source, target));
    await confirm(plan.kind === 'retag' ? 'Retag?' : 'Copy?', flags, signal);
    keepYoungHeapSmall();
    const { operationId } = await core.transfers.start(plan.id, { signal });
    const { progress, started, ended } = await runOperation(context, operationId);
    moved = {
      bytesSent: progress.bytesSent,
      bytesMounted: progress.bytesMounted,
      bytesPresent: progress.bytesPresent,
      seconds: (Date.parse(ended ?? started) - Date.parse(started)) / 1000,
    };
  }
  if (json) {
    await printJson({ source, target, digest: plan.digest, ...moved });
    return;
  }
  const done = plan.unchanged ? 'is there already' : plan.kind === 'retag' ? 'is set' : 'is copied';
  await print(`${target} ${done} (${plan.digest})`);
}

/** What was read, not both of what was given: with a digest the tag is only said. */
function plainReference({ host, repository, tag, digest }: Reference): Reference {
  if (digest !== undefined) return { host, repository, digest };
  return tag === undefined ? { host, repository } : { host, repository, tag };
}

function planDocument(plan: CopyPlan, source: string, target: string): object {
  const { digest, mediaType, replaces, unchanged, manifests, blobs } = plan;
  return { source, target, digest, mediaType, replaces: replaces ?? null, unchanged, manifests, blobs };
}

function planText(plan: CopyPlan, source: string, target: string): string {
  const { present, mount, send } = plan.blobs;
  const lines = [
    `${plan.kind === 'retag' ? 'Retag' : 'Copy'} ${source}`,
    `  to ${target} (${shortDigest(plan.digest)})`,
  ];
  if (plan.unchanged) lines.push('  nothing to do: it is there already');
  else if (plan.replaces !== undefined) {
    lines.push(`  the tag moves away from ${plan.replaces}`);
  }
  if (plan.kind === 'copy' && !plan.unchanged) {
    lines.push(
      `  ${plan.manifests} ${plan.manifests === 1 ? 'manifest' : 'manifests'}; blobs: ${send.count} to send (${bytesText(send.bytes)}), ` +
        `${mount.count} to mount (${bytesText(mount.bytes)}), ${present.count} there already (${bytesText(present.bytes)})`,
    );
  }
  return lines.join('\n');
}
