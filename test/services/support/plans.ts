import { type CleanupItem, type CleanupPlan, cleanupItem } from '../../../src-main/common/cleanup-run.ts';
import type { DeletionPlan, DeletionSummary } from '../../../src-main/common/deletion.ts';
import {
  type CopyPlan,
  type SyncPlan,
  type SyncPlanning,
  type SyncRules,
  type TransferItem,
  transferItem,
} from '../../../src-main/common/transfer.ts';
import type { Core, RegistryHandle } from '../../../src-main/services/index.ts';

/** The plan of one copy, its only line and its summary in one. */
export async function planCopy(
  core: Core,
  source: { registry: RegistryHandle; repository: string; reference: string },
  target: { registry: RegistryHandle; repository: string; tag: string },
  options?: Parameters<Core['transfers']['planCopies']>[3],
): Promise<CopyPlan & CopyPlan['summary'] & Omit<TransferItem, 'number'> & { unchanged: boolean }> {
  const copy = {
    source: { repository: source.repository, reference: source.reference },
    target: { repository: target.repository, tag: target.tag },
  };
  const plan = await core.transfers.planCopies(source.registry, target.registry, [copy], options);
  const item = transferItem.parse(core.plans.items(plan.id, { offset: 0, limit: 1 }).items[0]);
  return { ...item, ...plan.summary, unchanged: item.state === 'same', ...plan };
}

/** The plan of a deletion with its summary in one. */
export async function planFor(
  core: Core,
  ...given: Parameters<Core['deletion']['planFor']>
): Promise<DeletionPlan & DeletionSummary & { place: DeletionPlan['subject']['place'] }> {
  const plan = await core.deletion.planFor(...given);
  return { ...plan.summary, ...plan, place: plan.subject.place };
}

/** Plans an undo and starts it. */
export async function startUndo(core: Core, operationId: string): Promise<{ operationId: string }> {
  const { id } = await core.plans.planUndo(operationId);
  return await core.plans.start(id);
}

/** A synchronisation of all that there is. */
export const everything: SyncRules = {
  repositories: ['**'],
  excludeRepositories: [],
  tags: ['*'],
  excludeTags: [],
  versions: '',
  newOnly: false,
  rename: '{repository}',
  prune: false,
  attached: false,
  platforms: [],
  index: 'rewritten',
  foreign: false,
};

/** The plan that planning a synchronisation ends with. */
export async function planSync(
  core: Core,
  ...given: Parameters<Core['transfers']['planSync']>
): Promise<SyncPlan> {
  let last: SyncPlanning | undefined;
  for await (const step of core.transfers.planSync(...given)) last = step;
  if (last?.kind !== 'plan') throw new Error('Planning ends with the plan.');
  return last.plan;
}

/** The plan that planning a cleanup ends with, and its lines. */
export async function planCleanup(
  core: Core,
  registry: RegistryHandle,
  text: string,
  given: Partial<Parameters<Core['cleanup']['planning']>[1]> = {},
): Promise<CleanupPlan & { lines: CleanupItem[] }> {
  const rules = { scope: {}, inUse: [], ...given, text };
  for await (const step of core.cleanup.planning(registry, rules, { name: 'test', version: 0 })) {
    if (step.kind !== 'plan') continue;
    const { items } = core.plans.items(step.plan.id, { offset: 0, limit: 1_000 });
    return { ...step.plan, lines: items.map((item) => cleanupItem.parse(item)) };
  }
  throw new Error('Planning ends with the plan.');
}

/** Tags of a plan's lines by what becomes of them, as `repository:tag`. */
export function fatesOf(lines: readonly CleanupItem[]): Partial<Record<CleanupItem['state'], string[]>> {
  const tagged = lines.flatMap(({ state, repository, decided }) =>
    decided.map(({ tag }) => ({ state, name: `${repository}:${tag}` })),
  );
  const fates = [...Map.groupBy(tagged, ({ state }) => state)].map(
    ([state, tags]) => [state, tags.map(({ name }) => name).sort()] as const,
  );
  return Object.fromEntries(fates);
}
