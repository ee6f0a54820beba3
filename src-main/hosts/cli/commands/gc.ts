import type { CollectionOutput } from '../../../common/collection-facts.ts';
import {
  type RemoteCollectPlan,
  type RemoteRun,
  remoteCollectOutcome,
} from '../../../common/collection-remote.ts';
import { type AccessOverrides, type RegistryHandle, registryKey } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { freeingText } from '../freeing-text.ts';
import { bytesText, counted, print, printJson, report, shortDigest } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { textOf } from '../text-file.ts';
import { type CollectFlags, localCollect } from './local-collection.ts';

export interface GcFlags extends CollectFlags {
  /** The output of a dry run on the registry's host; `-`: from stdin. */
  readonly read?: string;
}

/** `gc HOST`: what frees bytes there; runs it where an API does, writes the commands where none does, reads what they print. */
export async function gc(
  context: Context,
  host: string,
  flags: GcFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  if (flags.read !== undefined) {
    const output = await core.collections.readOutput(registryKey(registry.place), await textOf(flags.read), {
      signal,
    });
    if (json) await printJson({ host: registry.host, ...output });
    else await print(outputText(output));
    return;
  }
  const facts = await core.collections.facts(registry, { signal });
  if (isLocal(context, registry)) return await localCollect(context, flags);
  // Another program's embedded registry is collected by that.
  if (facts.way === 'api' && !facts.frees.includes('localCollection'))
    return await collectRemotely(context, registry, flags);
  if (flags.yes && !flags.plan)
    throw new CommandFailure({
      code: 'unsupported',
      message: 'This cannot be started remotely. Without --yes, this command shows how space is freed.',
    });
  if (json) await printJson({ host: registry.host, ...facts });
  else await print(freeingText(facts));
}

/** The embedded registry of this folder, and not that of somebody else. */
function isLocal({ core }: Context, { place }: RegistryHandle): boolean {
  return 'account' in place && core.localRegistry.state().accountId === place.account;
}

async function collectRemotely(context: Context, registry: RegistryHandle, flags: GcFlags): Promise<void> {
  const { core, json, signal } = context;
  const plan = await core.collections.planRemote(registry, { untagged: flags.untagged === true, signal });
  if (flags.plan) {
    if (json) await printJson(planDocument(registry.host, plan));
    else await print(planText(registry.host, plan));
    return;
  }
  if (!flags.yes || !json) report(planText(registry.host, plan));
  await confirm('Collect garbage? This cannot be undone.', flags, signal);
  const { operationId } = await core.plans.start(plan.id, { signal });
  const outcome = remoteCollectOutcome.safeParse((await runOperation(context, operationId)).outcome).data;
  if (!outcome)
    throw new CommandFailure({
      code: 'storageFailed',
      message: 'The result of the collection cannot be read.',
    });
  const { run, log } = outcome;
  if (json)
    await printJson({ host: registry.host, ...runDocument(run), log: log ?? null, operation: operationId });
  else
    await print([
      `Collected: ${freedText(run)}`,
      `Its own run ${run.id}; it logged:`,
      ...(log ?? '').split('\n'),
    ]);
}

function planText(host: string, { subject, summary: { run } }: RemoteCollectPlan): string[] {
  return [
    `Collect garbage of ${host}, which serves meanwhile`,
    `  its dry run ${run.id} says: ${freedText(run)}`,
    '  that is an estimate: what other images share, or was pushed within two hours, stays',
    ...(subject.untagged ? ['  manifests without a tag go, too'] : []),
    '  this cannot be undone',
  ];
}

function freedText({ freed }: RemoteRun): string {
  if (!freed) return 'it does not say how much';
  const what = [counted(freed.blobs, 'blob'), counted(freed.manifests, 'manifest')];
  return `${bytesText(freed.bytes)} of ${what.join(' and ')}`;
}

const planDocument = (host: string, { subject, summary }: RemoteCollectPlan): object => ({
  host,
  untagged: subject.untagged,
  ...runDocument(summary.run),
  log: summary.log ?? null,
});

const runDocument = ({ id, state, dryRun, freed }: RemoteRun): object => ({
  run: id,
  state,
  dryRun,
  freed: freed ?? null,
});

function outputText({
  blobs,
  known,
  unknown,
  manifests,
  needed,
  whole,
  ran,
  largest,
}: CollectionOutput): string[] {
  return [
    ran ? 'This was no dry run: it is gone.' : 'Would go:',
    `  ${counted(blobs, 'blob')}: ${bytesText(known.bytes)} of the ${known.count} whose size is known`,
    ...(unknown > 0 ? [`  ${counted(unknown, 'blob')} of unknown size, deleted before the first scan`] : []),
    ...(manifests > 0 ? [`  ${counted(manifests, 'manifest')} without a tag`] : []),
    ...(whole ? [] : ['  the output is not whole: more may go than it says']),
    ...(needed.count > 0
      ? [
          `  CAREFUL: ${needed.count} of it are needed by tags, as far as it was seen:`,
          ...needed.some.map(
            ({ digest, repositories }) => `    ${shortDigest(digest)}, in ${repositories} repositories`,
          ),
        ]
      : []),
    ...largest.slice(0, 5).map(({ digest, size }) => `  ${shortDigest(digest)}  ${bytesText(size)}`),
  ];
}
