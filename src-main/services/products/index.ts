import type { Account } from '../../common/account.ts';
import type { Resource } from '../../common/product.ts';
import type { ProductChangePlan, WantedChange } from '../../common/product-change.ts';
import {
  type JobItem,
  type JobOptions,
  type JobRun,
  PRODUCT_JOB_STATES,
  type ProductJobPlan,
} from '../../common/product-job.ts';
import type {
  Finding,
  Managed,
  ProductAuditEntry,
  RegistrySelf,
  ResourceForm,
  ScanOverview,
} from '../../common/product-said.ts';
import type { NewPlanItem } from '../../data/index.ts';
import { type MadeSecret, systemIdOf } from '../../engine/index.ts';
import {
  type JobKind,
  RESOURCE_ACTS,
  type ResourceKind,
  type ScanType,
} from '../../engine/resource-kinds.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { JobAt, ProductsService, ResourcesAt, Scanned } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import { endOf, followRun, logIfAny } from '../followed-run.ts';
import type { Locks } from '../operations/locks.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { abilityOf, jobsOf, resourceOf, resourcesOf } from './abilities.ts';
import { allow, changeOf, plannedChanges } from './planned.ts';
import { jobItemOf, jobRunOf } from './runs.ts';
import type { MadeSecrets } from './secrets.ts';

/** Lines of a dry run that a plan names. */
const NAMED_MAX = 10_000;

/** What registries manage beside images, by what their products can do. */
export class Products implements ProductsService {
  readonly #plans: Plans;
  readonly #locks: Locks;
  readonly #secrets: MadeSecrets;
  readonly #accounts: AccountsService;

  constructor(options: { plans: Plans; locks: Locks; secrets: MadeSecrets; accounts: AccountsService }) {
    this.#plans = options.plans;
    this.#locks = options.locks;
    this.#secrets = options.secrets;
    this.#accounts = options.accounts;
  }

  async managed({ identification }: RegistryHandle, { signal }: CallOptions = {}): Promise<Managed> {
    const { product, version, abilities } = await identification.registry({ signal });
    const { resources = {}, jobs = {}, self, scans, audit } = abilities;
    return {
      system: systemIdOf(product.id),
      ...(version === undefined ? {} : { version }),
      resources: entriesOf(resources).map(([kind, of]) => ({
        kind,
        scopes: [...of.scopes],
        fields: [...of.fields],
        acts: RESOURCE_ACTS.filter((act) => of[act] !== undefined),
      })),
      jobs: entriesOf(jobs).map(([job, { about, options, stop, log, items }]) => ({
        job,
        ...(about === undefined ? {} : { about }),
        options: [...options],
        stops: stop !== undefined,
        logs: log !== undefined,
        items: items !== undefined,
      })),
      describes: self !== undefined,
      scans: [...(scans?.types ?? [])],
      audits: audit !== undefined,
    };
  }

  async *list(
    registry: RegistryHandle,
    kind: ResourceKind,
    { project, signal }: ResourcesAt = {},
  ): AsyncGenerator<Resource[], void, void> {
    const resources = await resourcesOf(registry, kind, { signal });
    for await (const page of resources.list(placeOf(project), signal)) yield page.map(resourceOf);
  }

  async read(
    registry: RegistryHandle,
    kind: ResourceKind,
    id: string,
    { signal }: CallOptions = {},
  ): Promise<Resource> {
    const resources = await resourcesOf(registry, kind, { signal });
    return resourceOf(await resources.read(id, signal));
  }

  async form(
    registry: RegistryHandle,
    kind: ResourceKind,
    { project, signal }: ResourcesAt = {},
  ): Promise<ResourceForm> {
    const resources = await resourcesOf(registry, kind, { signal });
    const place = placeOf(project);
    const may = resources.create ? await resources.mayCreate(place, signal) : 'unsupported';
    const choices = Object.entries((await resources.choices?.(place, signal)) ?? {});
    return { may, choices: Object.fromEntries(choices.map(([name, values = []]) => [name, [...values]])) };
  }

  async planChanges(
    registry: RegistryHandle,
    wanted: readonly WantedChange[],
    { signal }: CallOptions = {},
  ): Promise<ProductChangePlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const changes = [];
    for (const each of wanted) changes.push(await changeOf(registry, each, { signal }));
    return await this.#plans.keep(plannedChanges(registry, changes));
  }

  takeSecrets(operationId: string): { name: string; secret: string }[] {
    return this.#secrets.take(operationId).map((made) => ({ ...made }));
  }

  async keepSecrets(operationId: string, account: string): Promise<Account[]> {
    const like = this.#accounts.list().find(({ id }) => id === account);
    if (!like) throw new ServiceError('accountUnknown');
    const held = this.#secrets.take(operationId);
    if (held.length === 0)
      throw new ServiceError('unsupported', 'Its secret is held no more: it can be renewed.');
    const kept: Account[] = [];
    for (const made of held)
      try {
        kept.push(await this.#accounts.add(...accountOf(like, made)));
      } catch (error) {
        for (const left of held.slice(kept.length)) this.#secrets.hold(operationId, left);
        throw error;
      }
    return kept;
  }

  async runs(registry: RegistryHandle, { job, of }: JobAt, { signal }: CallOptions = {}): Promise<JobRun[]> {
    const jobs = await jobsOf(registry, job, { signal });
    return (await jobs.runs(of, signal)).map(jobRunOf);
  }

  async *items(
    registry: RegistryHandle,
    { job, run }: JobAt & { run: string },
    { signal }: CallOptions = {},
  ): AsyncGenerator<JobItem[], void, void> {
    const jobs = await jobsOf(registry, job, { signal });
    if (!jobs.items)
      throw new ServiceError('unsupported', 'This registry does not name what a run worked at.');
    for await (const page of jobs.items(run, signal)) yield page.map(jobItemOf);
  }

  async log(
    registry: RegistryHandle,
    { job, run, item }: JobAt & { run: string; item?: string | undefined },
    { signal }: CallOptions = {},
  ): Promise<string> {
    const jobs = await jobsOf(registry, job, { signal });
    if (!jobs.log) throw new ServiceError('unsupported', 'This registry has no log of its runs.');
    return endOf(await jobs.log(run, item, signal));
  }

  async planJob(
    registry: RegistryHandle,
    { job, of, options }: JobAt & { options: JobOptions },
    { signal }: CallOptions = {},
  ): Promise<ProductJobPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const jobs = await jobsOf(registry, job, { signal });
    allow(await jobs.mayStart(of, signal), 'run', job);
    if (Object.keys(options).some((option) => !(jobs.options as readonly string[]).includes(option)))
      throw new ServiceError('invalidInput', 'This registry has no such option.');
    const about = await this.#aboutOf(registry, { job, of }, { signal });
    const { dryRun: only = false, ...wanted } = options;
    let summary: ProductJobPlan['summary'] = {};
    const items: NewPlanItem[] = [{ item: { state: 'run' }, state: 'run', acts: !only }];
    if (jobs.options.includes('dryRun')) {
      const id = await jobs.start(of, { ...wanted, dryRun: true }, signal);
      const dryRun = await followRun(jobs, id, { signal });
      const log = await logIfAny(async () => (await jobs.log?.(dryRun.id, undefined, signal)) ?? '');
      summary = { dryRun: jobRunOf(dryRun), ...(log && { log: endOf(log) }) };
      for await (const page of jobs.items?.(dryRun.id, signal) ?? [])
        for (const item of page.slice(0, NAMED_MAX - items.length)) {
          const said = await logIfAny(async () => (await jobs.log?.(dryRun.id, item.id, signal)) ?? '');
          const line = { state: 'item', item: jobItemOf(item), ...(said && { log: endOf(said) }) };
          items.push({ item: line, state: 'item', acts: false });
        }
    }
    return await this.#plans.keep({
      kind: 'productJob',
      subject: {
        kind: 'productJob',
        place: registry.place,
        job,
        act: 'start',
        ...about,
        options: wanted,
      },
      summary,
      needsConsent: false,
      states: PRODUCT_JOB_STATES,
      items,
      registries: { reads: [], changes: [registry] },
    });
  }

  async planStop(
    registry: RegistryHandle,
    { job, of, run }: JobAt & { run: string },
    { signal }: CallOptions = {},
  ): Promise<ProductJobPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const jobs = await jobsOf(registry, job, { signal });
    if (!jobs.stop) throw new ServiceError('unsupported', 'This registry does not stop its runs.');
    const { state } = await jobs.run(run, signal);
    if (state !== 'running' && state !== 'waiting')
      throw new ServiceError('invalidInput', `Run ${run} has ended already.`);
    return await this.#plans.keep({
      kind: 'productJob',
      subject: {
        kind: 'productJob',
        place: registry.place,
        job,
        act: 'stop',
        ...(await this.#aboutOf(registry, { job, of }, { signal })),
        options: {},
        run,
      },
      summary: {},
      needsConsent: false,
      states: PRODUCT_JOB_STATES,
      items: [{ item: { state: 'run' }, state: 'run', acts: true }],
      registries: { reads: [], changes: [registry] },
    });
  }

  async describe(registry: RegistryHandle, { signal }: CallOptions = {}): Promise<RegistrySelf> {
    const self = await (await abilityOf(registry, 'self', { signal })).describe(signal);
    return {
      ...self,
      health: self.health.map((part) => ({ ...part })),
      statistics: { ...self.statistics },
      unread: [...self.unread],
    };
  }

  async scanned(
    registry: RegistryHandle,
    { repository, digest }: Scanned,
    { signal }: CallOptions = {},
  ): Promise<ScanOverview[]> {
    const scans = await abilityOf(registry, 'scans', { signal });
    const found = await scans.overview(repository, digest, signal);
    return found.map(({ counts, ...overview }) => ({ ...overview, counts: { ...counts } }));
  }

  async findings(
    registry: RegistryHandle,
    { repository, digest }: Scanned,
    { signal }: CallOptions = {},
  ): Promise<Finding[]> {
    const scans = await abilityOf(registry, 'scans', { signal });
    const found = await scans.findings(repository, digest, signal);
    return found.map(({ links, ...finding }) => ({ ...finding, links: [...links] }));
  }

  async startScan(
    registry: RegistryHandle,
    { repository, digest, type }: Scanned & { type: ScanType },
    { signal }: CallOptions = {},
  ): Promise<void> {
    this.#locks.check({ reads: [], changes: [registry] });
    const scans = await abilityOf(registry, 'scans', { signal });
    allow(await scans.mayStart(repository, signal), 'scan', repository);
    await scans.start(repository, digest, type, signal);
  }

  async stopScan(
    registry: RegistryHandle,
    { repository, digest, type }: Scanned & { type: ScanType },
    { signal }: CallOptions = {},
  ): Promise<void> {
    this.#locks.check({ reads: [], changes: [registry] });
    await (await abilityOf(registry, 'scans', { signal })).stop(repository, digest, type, signal);
  }

  async *audit(
    registry: RegistryHandle,
    { project, signal }: ResourcesAt = {},
  ): AsyncGenerator<ProductAuditEntry[], void, void> {
    const audit = await abilityOf(registry, 'audit', { signal });
    for await (const page of audit.list(placeOf(project), signal)) yield page.map((entry) => ({ ...entry }));
  }

  /** What a job is about, with its name; a project's name is its own. */
  async #aboutOf(
    registry: RegistryHandle,
    { job, of }: { job: JobKind; of: string | undefined },
    { signal }: CallOptions,
  ): Promise<{ of?: string; name?: string }> {
    if (of === undefined) return {};
    const { about } = await jobsOf(registry, job, { signal });
    if (about === undefined || about === 'project') return { of, name: of };
    return { of, name: (await this.read(registry, about, of, { signal })).name };
  }
}

/** A robot's account, at the registry of another one. */
function accountOf(
  { name, url, tls, proxy, uploadChunk, repositories }: Account,
  made: MadeSecret,
): Parameters<AccountsService['add']> {
  const { clientCertificate: _, ...verified } = tls;
  return [
    {
      name: `${name} (${made.name})`.slice(0, 100),
      url,
      signIn: { kind: 'password', username: made.name },
      tls: verified,
      proxy,
      ...(uploadChunk === undefined ? {} : { uploadChunk }),
      readOnly: false,
      repositories,
    },
    { password: made.secret },
  ];
}

const placeOf = (project: string | undefined) => (project === undefined ? {} : { project });

function entriesOf<Key extends string, Value>(of: { readonly [K in Key]?: Value }): [Key, Value][] {
  return Object.entries(of) as [Key, Value][];
}
