import { vi } from 'vitest';
import { RegistryError } from '../../src-main/engine/index.ts';
import type { Abilities } from '../../src-main/engine/product/abilities.ts';
import type { JobRun, Jobs } from '../../src-main/engine/product/jobs.ts';
import type { Resource, ResourcePlace, Resources } from '../../src-main/engine/product/resources.ts';
import type { FieldName, FieldsOf, Permission, ResourceKind } from '../../src-main/engine/resource-kinds.ts';
import type { RegistryHandle } from '../../src-main/services/index.ts';

/** A shelf of one kind of resources, in memory, that does what it is told. */
export class Shelf<K extends ResourceKind> implements Resources<K> {
  readonly scopes = ['registry'] as const;
  readonly kind: K;
  readonly fields: readonly FieldName<K>[];
  readonly held = new Map<string, Resource<K>>();
  /** Of the next that are made. */
  may: Permission = 'yes';
  /** It takes changes and forgets them. */
  forgets = false;
  readonly written: object[] = [];
  #made = 0;

  constructor(kind: K, fields: readonly FieldName<K>[]) {
    this.kind = kind;
    this.fields = fields;
  }

  async *list({ project }: ResourcePlace) {
    yield [...this.held.values()].filter((each) => each.project === project);
  }

  read(id: string): Promise<Resource<K>> {
    const found = this.held.get(id);
    return found
      ? Promise.resolve(found)
      : Promise.reject(new RegistryError('notFound', '', { reason: `There is no ${id}.` }));
  }

  mayCreate(): Promise<Permission> {
    return Promise.resolve(this.may);
  }

  put(name: string, fields: FieldsOf<K>, project?: string): string {
    const id = String(++this.#made);
    const { kind } = this;
    const may = { change: this.may, delete: this.may, renew: this.may };
    this.held.set(id, { kind, id, name, ...(project === undefined ? {} : { project }), fields, may });
    return id;
  }

  async create({ project }: ResourcePlace, { name, fields }: { name: string; fields: FieldsOf<K> }) {
    this.written.push({ create: name, fields });
    const id = this.put(name, this.forgets ? {} : fields, project);
    return this.kind === 'robot'
      ? { id, secret: { name: `robot$${name}`, secret: `secret-of-${name}` } }
      : { id };
  }

  async change(id: string, fields: FieldsOf<K>) {
    this.written.push({ change: id, fields });
    const before = await this.read(id);
    if (!this.forgets) this.held.set(id, { ...before, fields: { ...before.fields, ...fields } });
  }

  delete(id: string): Promise<void> {
    this.written.push({ delete: id });
    if (!this.forgets) this.held.delete(id);
    return Promise.resolve();
  }

  async renew(id: string) {
    const { name } = await this.read(id);
    return { name: `robot$${name}`, secret: `another-secret-of-${name}` };
  }
}

/** Work that ends at the second look, or runs until it is stopped. */
export class Work implements Jobs {
  readonly about = 'project' as const;
  readonly options = ['dryRun'] as const;
  readonly all: JobRun[] = [];
  endless = false;
  may: Permission = 'yes';
  /** Tags of `app` in its project that a run deletes. */
  takes: readonly string[] = [];

  mayStart(): Promise<Permission> {
    return Promise.resolve(this.may);
  }

  start(_of: string | undefined, options: { dryRun?: boolean }): Promise<string> {
    const id = String(this.all.length + 1);
    const at = '2026-11-25T19:00:00.000Z';
    this.all.unshift({ id, state: 'running', started: at, changed: at, options, counts: { total: 3 } });
    return Promise.resolve(id);
  }

  run(id: string): Promise<JobRun> {
    const at = this.all.findIndex((each) => each.id === id);
    const now = this.all[at];
    if (!now) return Promise.reject(new RegistryError('notFound', ''));
    if (now.state === 'running' && !this.endless)
      this.all[at] = { ...now, state: 'done', counts: { total: 3, succeeded: 3, kept: 1 } };
    return Promise.resolve(now);
  }

  runs(): Promise<readonly JobRun[]> {
    return Promise.resolve(this.all);
  }

  async *items(id: string) {
    yield [{ id: '7', name: `what ${id} looked at`, state: 'done' as const, counts: { total: 3, kept: 1 } }];
    if (this.takes.length === 0) return;
    const goes = { repository: 'app', digest: `sha256:${'0'.repeat(64)}`, tags: this.takes };
    yield [{ id: '7', name: 'an artifact', state: 'done' as const, counts: {}, goes }];
  }

  log(id: string, item: string | undefined): Promise<string> {
    return Promise.resolve(`log of ${id}${item === undefined ? '' : `, ${item}`}`);
  }

  stop(id: string): Promise<void> {
    const at = this.all.findIndex((each) => each.id === id);
    const now = this.all[at];
    if (now) this.all[at] = { ...now, state: 'stopped' };
    return Promise.resolve();
  }
}

/** Gives an account's registry the abilities of a product. */
export async function taught({ identification }: RegistryHandle, abilities: Abilities): Promise<void> {
  const real = await identification.registry();
  vi.spyOn(identification, 'registry').mockResolvedValue({ ...real, abilities });
}
