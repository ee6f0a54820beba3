import { randomUUID } from 'node:crypto';
import type { OperationSubject } from '../../common/operation.ts';
import type {
  CopyOptions,
  CopyPlan,
  PlanItem,
  SavedTransfer,
  SyncPlan,
  SyncPlanning,
  SyncRules,
} from '../../common/transfer.ts';
import type { SavedTransfers } from '../../data/index.ts';
import {
  headOfNamed,
  leftOutOf,
  lookAt,
  planTransfer,
  type TransferItem,
  type TransferPlan,
} from '../../engine/index.ts';
import type { TransfersService } from '../core.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { Operations } from '../operations/index.ts';
import type { CopyStep } from '../operations/rows.ts';
import { Plans } from '../plans.ts';
import type { Registries } from '../registries/index.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { SavedSyncs } from './saved.ts';
import { isSameRegistry, platformChoice, sideOf, talliesOf } from './sides.ts';
import { planItemOf, planSync } from './sync-plan.ts';

interface Source {
  registry: RegistryHandle;
  repository: string;
  reference: string;
}

interface Target {
  registry: RegistryHandle;
  repository: string;
  tag: string;
}

interface Planned {
  shown: CopyPlan | SyncPlan;
  data: TransferPlan;
  options: Partial<CopyOptions>;
  unread?: boolean | undefined;
  source: RegistryHandle;
  target: RegistryHandle;
}

/** Copies, retags (a copy within one repository) and synchronisations: transfers of one item or of many. */
export class Transfers implements TransfersService {
  readonly #operations: Operations;
  readonly #registries: Registries;
  readonly #plans: Plans<Planned>;
  readonly #saved: SavedSyncs;
  readonly #now: () => Date;

  constructor(options: {
    operations: Operations;
    registries: Registries;
    saved: SavedTransfers;
    now: () => Date;
  }) {
    this.#operations = options.operations;
    this.#registries = options.registries;
    this.#now = options.now;
    this.#plans = new Plans(options.now);
    this.#saved = new SavedSyncs(options.saved, options.now);
  }

  async planBetween(
    source: Source,
    target: Target,
    { signal, unread, ...options }: CallOptions & Partial<CopyOptions> & { unread?: boolean } = {},
  ): Promise<CopyPlan> {
    if (target.registry.readOnly) throw new ServiceError('readOnly');
    const sameRegistry = isSameRegistry(source.registry, target.registry);
    const request = {
      source: { repository: source.repository, reference: source.reference },
      target: { repository: target.repository, tag: target.tag },
    };
    const data = await planTransfer(sideOf(source.registry), sideOf(target.registry), [request], {
      sameRegistry,
      attached: options.attached,
      platforms: platformChoice(options),
      foreign: options.foreign,
      looksLater: unread,
      signal,
    });
    const [item] = data.items;
    if (!item?.root || item.sourceDigest === undefined)
      throw item?.error ?? new TypeError('A plan without its item.');
    const shown: CopyPlan = {
      id: randomUUID(),
      kind: sameRegistry && source.repository === target.repository ? 'retag' : 'copy',
      source: { ...source.registry.place, repository: source.repository, reference: source.reference },
      target: { ...target.registry.place, repository: target.repository, tag: target.tag },
      digest: item.root.digest,
      sourceDigest: item.sourceDigest,
      mediaType: item.root.mediaType,
      ...(item.replaces === undefined ? {} : { replaces: item.replaces }),
      ...(item.unseen === undefined ? {} : { unseen: failureOf(item.unseen) }),
      unchanged: item.verdict === 'same',
      manifests: item.manifests.length,
      attached: item.attached,
      blobs: talliesOf(data),
      leftOut: leftOutOf(data.items),
      made: this.#now().toISOString(),
    };
    const sides = { source: source.registry, target: target.registry };
    this.#plans.keep(shown.id, { shown, data, options, unread, ...sides });
    return shown;
  }

  async *planSync(
    source: RegistryHandle,
    target: RegistryHandle,
    definition: SyncRules,
    { signal }: CallOptions = {},
  ): AsyncGenerator<SyncPlanning, void, void> {
    if (target.readOnly) throw new ServiceError('readOnly');
    const { data, onlyAtTarget } = yield* planSync(source, target, definition, signal);
    const items = { new: 0, changed: 0, same: 0, kept: 0, refused: 0 };
    for (const { verdict } of data.items) items[verdict]++;
    const shown: SyncPlan = {
      id: randomUUID(),
      source: source.place,
      target: target.place,
      repositories: repositoriesOf(data.items).length,
      items,
      manifests: sum(data.items, ({ manifests }) => manifests.length),
      attached: sum(data.items, ({ attached }) => attached),
      blobs: talliesOf(data),
      leftOut: leftOutOf(data.items),
      onlyAtTarget,
      made: this.#now().toISOString(),
    };
    this.#plans.keep(shown.id, { shown, data, options: definition, source, target });
    yield { kind: 'plan', plan: shown };
  }

  planItems(
    planId: string,
    { verdict, offset, limit }: { verdict?: PlanItem['verdict'] | undefined; offset: number; limit: number },
  ): { items: PlanItem[]; total: number } {
    const { data } = this.#plans.get(planId);
    const wanted = data.items.filter((item) => verdict === undefined || item.verdict === verdict);
    return { items: wanted.slice(offset, offset + limit).map(planItemOf), total: wanted.length };
  }

  async start(
    planId: string,
    { signal, savedId }: CallOptions & { savedId?: string | undefined } = {},
  ): Promise<{ operationId: string }> {
    const { shown, data, options, ...planned } = this.#plans.take(planId);
    const source = await this.#registries.fresh(planned.source);
    const target = await this.#registries.fresh(planned.target);
    if (target.readOnly) throw new ServiceError('readOnly');
    if ('kind' in shown && !planned.unread) await refuseIfMoved(shown, source, target, signal);
    const items = data.items.filter(({ verdict }) => verdict === 'new' || verdict === 'changed');
    const reached = source.client === planned.source.client && target.client === planned.target.client;
    const started = this.#operations.start({
      subject: 'kind' in shown ? subjectOfCopy(shown) : subjectOfSync(shown, items),
      steps: items.map((item) => stepOf(item, source, target, options)),
      handles: [source, target],
      // An account that was edited meanwhile may reach another registry: all is looked at anew.
      prepared: reached ? { ...data, items } : undefined,
    });
    if (savedId !== undefined) this.#saved.noteRun(savedId, started.operationId);
    return started;
  }

  saved(): SavedTransfer[] {
    return this.#saved.list();
  }

  unreadableSaved(): { id: string; name: string }[] {
    return this.#saved.unreadable();
  }

  save(saved: Parameters<TransfersService['save']>[0]): SavedTransfer {
    return this.#saved.save(saved);
  }

  removeSaved(id: string): void {
    this.#saved.remove(id);
  }
}

function repositoriesOf(items: readonly TransferItem[]): string[] {
  return [...new Set(items.map(({ request }) => request.target.repository))];
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function subjectOfCopy(plan: CopyPlan): OperationSubject {
  if (plan.kind === 'copy') {
    const { source, target, digest } = plan;
    return { kind: 'copy', source, target, digest, ...leftOutIn(plan) };
  }
  const { tag, ...place } = plan.target;
  return { kind: 'retag', place, reference: plan.source.reference, tag, digest: plan.digest };
}

function subjectOfSync(plan: SyncPlan, items: readonly TransferItem[]): OperationSubject {
  const { source, target } = plan;
  const repositories = repositoriesOf(items);
  return { kind: 'sync', source, target, repositories, tags: items.length, ...leftOutIn(plan) };
}

/** For the record: layers that are not there afterwards. */
function leftOutIn({ leftOut }: CopyPlan | SyncPlan): { leftOut?: CopyPlan['leftOut'] } {
  return leftOut.count > 0 ? { leftOut } : {};
}

function stepOf(
  { request, root, sourceDigest, replaces }: TransferItem,
  source: RegistryHandle,
  target: RegistryHandle,
  options: Partial<CopyOptions>,
): CopyStep {
  if (!root || sourceDigest === undefined) throw new TypeError('An item to be copied knows its digests.');
  const platforms = platformChoice(options);
  return {
    kind: 'copy',
    source: { ...source.place, ...request.source },
    target: { ...target.place, ...request.target },
    digest: root.digest,
    sourceDigest,
    ...(replaces === undefined ? {} : { replaces }),
    ...(options.attached ? { attached: true } : {}),
    ...(options.foreign ? { foreign: true } : {}),
    ...(platforms ? { platforms: { index: platforms.index, platforms: [...platforms.platforms] } } : {}),
  };
}

async function refuseIfMoved(
  plan: CopyPlan,
  source: RegistryHandle,
  target: RegistryHandle,
  signal: AbortSignal | undefined,
): Promise<void> {
  const [from, { found: now, unseen }] = await Promise.all([
    headOfNamed(source.reader, plan.source.repository, plan.source.reference, signal),
    lookAt(target.reader.head(plan.target.repository, plan.target.tag, signal)),
  ]);
  if (from.digest !== plan.sourceDigest) throw new ServiceError('planStale', 'The source tag moved.');
  if (!unseen && now?.digest !== plan.replaces) throw new ServiceError('planStale', 'The target tag moved.');
}
