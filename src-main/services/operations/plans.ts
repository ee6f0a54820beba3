import { randomUUID } from 'node:crypto';
import type { Plan, PlanItem } from '../../common/plan.ts';
import type { PlanRow, Plans as PlanRows, TagChanges, Trash } from '../../data/index.ts';
import type { PlansService, StartOptions } from '../core/plans.ts';
import { ServiceError } from '../errors.ts';
import { isRegistry } from '../place-handle.ts';
import type { CallOptions, PlaceAccess } from '../types.ts';
import { inPages } from './in-pages.ts';
import type { Operations } from './index.ts';
import type { OperationKind, PlanContext, Planned } from './kind.ts';
import type { OperationKinds } from './kinds.ts';
import type { Locks } from './locks.ts';
import type { OperationPlacesOf } from './registries.ts';

/** Milliseconds: long enough to read a plan, short enough that its picture of the registry is a recent one. */
const PLAN_LIFETIME = 15 * 60 * 1000;
/** Plans of which what was prepared is held; of older ones the registries are asked again. */
const PREPARED_MAX = 100;
/** Changes of an operation in memory at a time. */
const CHANGES = 1_000;
/** Manifests of its trash, of some KiB each. */
const MANIFESTS = 100;

/** Blobs that were kept before they were taken away. */
interface Kept {
  has(digest: string): Promise<boolean>;
}

interface Prepared {
  registries: Planned['registries'];
  prepared: unknown;
}

/** Plans of every kind between being shown and being confirmed. Each can be started once. */
export class Plans implements PlansService {
  readonly #rows: PlanRows;
  readonly #changes: TagChanges;
  readonly #trash: Trash;
  readonly #kept: Kept;
  readonly #keepsContent: () => boolean;
  readonly #kinds: OperationKinds;
  readonly #operations: Operations;
  readonly #places: OperationPlacesOf;
  readonly #locks: Locks;
  readonly #now: () => Date;
  /** By plan, the oldest first. */
  readonly #prepared = new Map<string, Prepared>();

  constructor(options: {
    rows: PlanRows;
    tagChanges: TagChanges;
    trash: Trash;
    kept: Kept;
    /** Whether deleted content is kept where the plan's start does not say. */
    keepsContent: () => boolean;
    kinds: OperationKinds;
    operations: Operations;
    places: OperationPlacesOf;
    locks: Locks;
    now: () => Date;
  }) {
    this.#rows = options.rows;
    this.#changes = options.tagChanges;
    this.#trash = options.trash;
    this.#kept = options.kept;
    this.#keepsContent = options.keepsContent;
    this.#kinds = options.kinds;
    this.#operations = options.operations;
    this.#places = options.places;
    this.#locks = options.locks;
    this.#now = options.now;
  }

  /** Keeps a plan until it is started or too old. */
  async keep<Subject extends Plan['subject'], Summary>(
    planned: Planned<Subject, Summary>,
  ): Promise<Plan & { subject: Subject; summary: Summary }> {
    for (const old of this.#rows.stale(this.#oldest())) await this.#rows.remove(old);
    const { kind, subject, summary, needsConsent, states, items, basis, prepared, registries, undoes } =
      planned;
    const row = {
      id: randomUUID(),
      kind,
      subject,
      summary,
      needsConsent,
      made: this.#now().toISOString(),
      ...(basis === undefined ? {} : { basis }),
      ...(undoes === undefined ? {} : { undoes }),
    };
    const counted = await this.#rows.add(row, items, states);
    this.#prepared.set(row.id, { registries, prepared });
    const [first] = this.#prepared.keys();
    if (this.#prepared.size > PREPARED_MAX && first !== undefined) this.#prepared.delete(first);
    return { ...this.#planOf({ ...row, ...counted }), subject, summary };
  }

  get(id: string): Plan {
    return this.#planOf(this.#read(id));
  }

  /** A plan that was not started, with what its making prepared as far as that is at hand. @throws ServiceError `planExpired` */
  withPrepared(id: string): { plan: Plan } & Partial<Prepared> {
    return { plan: this.get(id), ...this.#prepared.get(id) };
  }

  items(
    id: string,
    page: { state?: string | undefined; offset: number; limit: number },
  ): { items: PlanItem[]; total: number } {
    const { counts } = this.#read(id);
    const total =
      page.state === undefined
        ? Object.values(counts).reduce((sum, count) => sum + count, 0)
        : (counts[page.state] ?? 0);
    const items = this.#rows
      .items(id, page)
      .map(({ number, state, item }): PlanItem => ({ ...(item as object), number, state }));
    return { items, total };
  }

  async start(
    id: string,
    { consent = false, typed, keepContent: asked, access = {}, signal }: StartOptions = {},
  ): Promise<{ operationId: string }> {
    const row = this.#read(id);
    if (row.needsConsent && !consent) throw new ServiceError('consentNeeded');
    const { kind, subject } = this.#kinds.read(row.subject);
    const planned = this.#prepared.get(id);
    const registries = planned
      ? await this.#places.fresh(planned.registries)
      : await this.#places.of(kind.places(subject), access);
    this.#locks.check(registries);
    if (asked && !registries.changes.every(isRegistry))
      throw new ServiceError('unsupported', 'Only what is taken away from a registry can be kept.');
    const name = this.#nameOf(kind, subject, row.summary);
    if (name !== undefined && typed?.trim() !== name)
      throw new ServiceError('nameNeeded', `Its name: ${name}`);
    // An account that was edited meanwhile may reach another registry: all is looked at anew.
    const prepared = planned && isSame(registries, planned.registries) ? planned.prepared : undefined;
    const checked = kind.check
      ? await kind.check({ subject, basis: row.basis, prepared, registries }, { signal })
      : prepared;
    const started = this.#operations.start({
      plan: row,
      registries,
      prepared: checked,
      // What is written over is kept where that is asked for; the settings are about what is deleted.
      keepsContent: asked ?? (kind.removes !== undefined && this.#keepsContent()),
    });
    this.#prepared.delete(id);
    kind.started?.(subject, started.operationId);
    return started;
  }

  async planUndo(
    operationId: string,
    { access = {}, signal }: CallOptions & { access?: PlaceAccess } = {},
  ): Promise<Plan> {
    const { kind, subject } = this.#operations.undoable(operationId);
    if (!kind.undo) throw new ServiceError('unsupported', 'This operation cannot be taken back.');
    const context: PlanContext = {
      access,
      signal,
      at: (place, flags) => this.#places.at(place, flags),
      steps: () => this.#operations.steps(operationId),
      changes: () =>
        inPages(
          0,
          (after) => this.#changes.page(operationId, after, CHANGES),
          ({ id }) => id,
        ),
      trashed: (repository) =>
        inPages(
          '',
          (after) => this.#trash.page(operationId, repository, after, MANIFESTS),
          ({ digest }) => digest,
        ),
      isKept: (digest) => this.#kept.has(digest),
    };
    const planned = await kind.undo({ id: operationId, subject }, context);
    const plan = await this.keep({ ...planned, undoes: operationId });
    this.#operations.setCollected(operationId, planned.lost === true);
    return plan;
  }

  #nameOf(kind: OperationKind, subject: unknown, summary: unknown): string | undefined {
    const removal = kind.removes?.(subject, summary);
    return removal && this.#locks.nameFor(removal);
  }

  #planOf(row: PlanRow): Plan {
    const known = this.#kinds.of(row.subject);
    const typed = known && this.#nameOf(known.kind, known.subject, row.summary);
    return { ...planOf(row), ...(typed === undefined ? {} : { typed }) };
  }

  /** @throws ServiceError `planExpired` also for a plan that was started already */
  #read(id: string): PlanRow {
    const row = this.#rows.get(id);
    if (!row || row.made <= this.#oldest()) throw new ServiceError('planExpired');
    return row;
  }

  #oldest(): string {
    return new Date(this.#now().getTime() - PLAN_LIFETIME).toISOString();
  }
}

function isSame(one: Planned['registries'], other: Planned['registries']): boolean {
  const clients = ({ reads, changes }: Planned['registries']) =>
    [...reads, ...changes].map((handle) => (isRegistry(handle) ? handle.client : handle));
  const others = clients(other);
  return clients(one).every((client, position) => client === others[position]);
}

function planOf({ id, kind, made, subject, summary, needsConsent, undoes, counts }: PlanRow): Plan {
  return {
    id,
    kind,
    made,
    // Written by `keep`, of a kind's subject.
    subject: subject as Plan['subject'],
    summary,
    needsConsent,
    ...(undoes === undefined ? {} : { undoes }),
    items: { total: Object.values(counts).reduce((sum, count) => sum + count, 0), by: counts },
  };
}
