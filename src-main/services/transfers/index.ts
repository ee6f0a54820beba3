import type { Plan } from '../../common/plan.ts';
import {
  type CopyOptions,
  type CopyPlan,
  type CountedTags,
  type LeftOut,
  type SavedTransfer,
  type SyncPlanning,
  type SyncRules,
  syncPlan,
  type TagRules,
  type TransferSummary,
  transferSubject,
} from '../../common/transfer.ts';
import type { Inventory } from '../../data/index.ts';
import {
  consequencesOf,
  leftOutOf,
  narrowPlan,
  planTransfer,
  type TransferItem,
  type TransferPlan,
  type TransferRequest,
} from '../../engine/index.ts';
import { VERDICTS } from '../../engine/vocabulary/transfer.ts';
import type { TransfersService } from '../core/transfers.ts';
import { ServiceError } from '../errors.ts';
import type { Planned } from '../operations/kind.ts';
import type { Plans } from '../operations/plans.ts';
import { isRegistry } from '../place-handle.ts';
import type { CallOptions, PlaceHandle, RegistryHandle } from '../types.ts';
import { countTags } from './counting.ts';
import { linesOf } from './lines.ts';
import type { SavedSyncs } from './saved.ts';
import { isSameRegistry, platformChoice, sourceOf, talliesOf, targetOf } from './sides.ts';
import type { TransferPrepared, TransferSubject } from './step.ts';
import { planSync } from './sync-plan.ts';
import { isToBeCopied } from './work.ts';

/** Copies, retags (a copy within one repository) and synchronisations: transfers of one item or of many. */
export class Transfers implements TransfersService {
  readonly #plans: Plans;
  readonly #saved: SavedSyncs;
  readonly #counting: { inventory: Inventory; now: () => Date };

  constructor({
    plans,
    saved,
    ...counting
  }: {
    plans: Plans;
    saved: SavedSyncs;
    inventory: Inventory;
    now: () => Date;
  }) {
    this.#plans = plans;
    this.#saved = saved;
    this.#counting = counting;
  }

  async planCopies(
    source: PlaceHandle,
    target: PlaceHandle,
    copies: readonly TransferRequest[],
    { signal, unread = false, ...options }: CallOptions & Partial<CopyOptions> & { unread?: boolean } = {},
  ): Promise<CopyPlan> {
    if (target.readOnly) throw new ServiceError('readOnly');
    refuseTwice(copies);
    const data = await planTransfer(await sourceOf(source, signal), await targetOf(target), copies, {
      sameRegistry: isSameRegistry(source, target),
      attached: options.attached,
      platforms: platformChoice(options),
      foreign: options.foreign,
      protects: target.protects,
      // Which of several repositories holds a blob decides what is mounted from where.
      looksLater: unread && copies.length === 1,
      signal,
    });
    const [item] = data.items;
    // Of several, one that cannot be copied is a line of the plan.
    if (copies.length === 1 && !item?.root) throw item?.error ?? new TypeError('A plan without its item.');
    const subject = subjectOfCopies(data, source, target, chosen(options));
    return await this.#plans.keep<CopyPlan['subject'], TransferSummary>({
      ...plannedOf(data, source, target),
      kind: subject.kind,
      subject,
      summary: await summaryOf(data, target, signal),
      prepared: { plan: data, unread },
    });
  }

  async *planSync(
    source: PlaceHandle,
    target: PlaceHandle,
    definition: SyncRules,
    { signal, savedId }: CallOptions & { savedId?: string | undefined } = {},
  ): AsyncGenerator<SyncPlanning, void, void> {
    if (target.readOnly) throw new ServiceError('readOnly');
    const { data, onlyAtTarget } = yield* planSync(source, target, definition, signal);
    const plan = await this.#plans.keep({
      ...plannedOf(data, source, target),
      kind: 'sync',
      subject: {
        kind: 'sync' as const,
        ...manyOf(data, source, target, chosen(definition)),
        ...runOf(savedId),
      },
      summary: { ...(await summaryOf(data, target, signal)), onlyAtTarget },
      prepared: { plan: data, unread: false },
    });
    yield { kind: 'plan', plan };
  }

  async narrow(planId: string, without: readonly number[]): Promise<Plan> {
    const { plan, registries, prepared } = this.#plans.withPrepared(planId);
    const given = transferSubject.safeParse(plan.subject).data;
    if (!given) throw new ServiceError('invalidInput', 'This is no plan of a transfer.');
    const target = registries?.changes[0];
    const source = registries?.reads[0] ?? target;
    if (!prepared || !source || !target) throw new ServiceError('planStale');
    const left = new Set(without);
    // Plans with such a subject are kept above.
    const data = narrowPlan((prepared as TransferPrepared).plan, (_, position) => !left.has(position));
    const { options = {} } = given;
    const subject: TransferSubject =
      given.kind === 'sync'
        ? { kind: 'sync', ...manyOf(data, source, target, options), ...runOf(given.savedId) }
        : subjectOfCopies(data, source, target, options);
    const summary = syncPlan.shape.summary.safeParse(plan.summary).data;
    return await this.#plans.keep({
      ...plannedOf(data, source, target),
      kind: subject.kind,
      subject,
      summary: { ...(await summaryOf(data, target)), ...(summary && { onlyAtTarget: summary.onlyAtTarget }) },
      prepared: { plan: data, unread: false },
    });
  }

  countTags(
    registry: RegistryHandle,
    repositories: readonly string[],
    rules: TagRules,
    { signal }: CallOptions = {},
  ): AsyncGenerator<CountedTags, void, void> {
    return countTags(registry, repositories, rules, { ...this.#counting, signal });
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

/** The saved synchronisation that it is a run of. */
function runOf(savedId: string | undefined): { savedId?: string } {
  return savedId === undefined ? {} : { savedId };
}

function repositoriesOf(items: readonly TransferItem[]): string[] {
  return [...new Set(items.map(({ request }) => request.target.repository))];
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Several sources for one tag. @throws ServiceError `invalidInput` */
function refuseTwice(copies: readonly TransferRequest[]): void {
  const taken = new Set<string>();
  for (const { target } of copies) {
    const place = `${target.repository}:${target.tag}`;
    if (taken.has(place)) throw new ServiceError('invalidInput', `Two images would become ${place}.`);
    taken.add(place);
  }
}

/** Those that say something. */
function chosen({ attached, platforms, index, foreign }: Partial<CopyOptions>): Partial<CopyOptions> {
  return {
    ...(attached ? { attached } : {}),
    ...(platforms && platforms.length > 0 ? { platforms: [...platforms] } : {}),
    ...(platforms && platforms.length > 0 && index ? { index } : {}),
    ...(foreign ? { foreign } : {}),
  };
}

function subjectOfCopies(
  data: TransferPlan,
  source: PlaceHandle,
  target: PlaceHandle,
  options: Partial<CopyOptions>,
): CopyPlan['subject'] {
  const [first, second] = data.items;
  if (!first?.root || second) return { kind: 'copy', ...manyOf(data, source, target, options) };
  const { request, root } = first;
  const { repository: from, reference } = request.source;
  const { repository: to, tag } = request.target;
  const common = { digest: root.digest, ...(Object.keys(options).length > 0 ? { options } : {}) };
  if (isRegistry(target) && isSameRegistry(source, target) && from === to)
    return { kind: 'retag', place: { ...target.place, repository: to }, reference, tag, ...common };
  return {
    kind: 'copy',
    source: { ...source.place, repository: from, reference },
    target: { ...target.place, repository: to, tag },
    ...common,
    ...leftOutIn(data),
  };
}

function manyOf(
  data: TransferPlan,
  source: PlaceHandle,
  target: PlaceHandle,
  options: Partial<CopyOptions>,
): Extract<TransferSubject, { tags: number }> extends infer Many ? Omit<Many, 'kind' | 'savedId'> : never {
  const items = data.items.filter(({ verdict }) => isToBeCopied(verdict));
  return {
    source: source.place,
    target: target.place,
    repositories: repositoriesOf(items),
    tags: items.length,
    ...leftOutIn(data),
    options,
  };
}

/** For the record: layers that are not there afterwards. */
function leftOutIn(data: TransferPlan): { leftOut?: LeftOut } {
  const leftOut = leftOutOf(data.items);
  return leftOut.count > 0 ? { leftOut } : {};
}

async function summaryOf(
  data: TransferPlan,
  target: PlaceHandle,
  signal?: AbortSignal,
): Promise<TransferSummary> {
  const moves = data.items.some(
    ({ verdict, replaces, root }) => verdict === 'changed' && replaces !== root?.digest,
  );
  const takesReplaced =
    moves &&
    isRegistry(target) &&
    consequencesOf(await target.identification.registry({ signal })).takesReplaced;
  return {
    repositories: repositoriesOf(data.items).length,
    manifests: sum(data.items, ({ manifests }) => manifests.length),
    attached: sum(data.items, ({ attached }) => attached),
    blobs: talliesOf(data),
    leftOut: leftOutOf(data.items),
    ...(takesReplaced && { takesReplaced }),
  };
}

/** The part of a plan that is the same for one tag and for many. */
function plannedOf(
  data: TransferPlan,
  source: PlaceHandle,
  target: PlaceHandle,
): Pick<Planned<unknown, unknown, TransferPrepared>, 'needsConsent' | 'states' | 'items' | 'registries'> {
  return {
    needsConsent: false,
    states: VERDICTS,
    items: linesOf(data),
    registries: { reads: isWithin(data, source, target) ? [] : [source], changes: [target] },
  };
}

function isWithin({ items }: TransferPlan, source: PlaceHandle, target: PlaceHandle): boolean {
  const [first, second] = items;
  if (!first || second || !isSameRegistry(source, target)) return false;
  return first.request.source.repository === first.request.target.repository;
}
