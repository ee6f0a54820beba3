import type {
  AdvisedSetting,
  Managed,
  ProductAuditEntry,
  PublicSearchResult,
  RegistrySelf,
} from '../../common/product-said.ts';
import { listRepositories, RegistryError, systemIdOf } from '../../engine/index.ts';
import { RESOURCE_ACTS } from '../../engine/resource-kinds.ts';
import type { ProductStatements, ResourcesAt } from '../core/products.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { abilityOf, placeOf } from './abilities.ts';

/** What registries say of themselves, and what can be managed there. */
export const productStatements: ProductStatements = {
  async managed({ identification }: RegistryHandle, { signal }: CallOptions = {}): Promise<Managed> {
    const { product, version, abilities } = await identification.registry({ signal });
    const { resources = {}, jobs = {}, self, scans, notes, audit, search, advice } = abilities;
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
      notes: notes !== undefined,
      audits: audit !== undefined,
      searches: search !== undefined,
      advises: advice !== undefined,
    };
  },

  async describe(registry: RegistryHandle, { signal }: CallOptions = {}): Promise<RegistrySelf> {
    const self = await (await abilityOf(registry, 'self', { signal })).describe(signal);
    return {
      ...self,
      health: self.health.map((part) => ({ ...part })),
      statistics: { ...self.statistics },
      unread: [...self.unread],
    };
  },

  async search(
    registry: RegistryHandle,
    query: string,
    { signal }: CallOptions = {},
  ): Promise<PublicSearchResult> {
    const { total, results } = await (await abilityOf(registry, 'search', { signal })).find(query, signal);
    return { total, results: results.map((one) => ({ ...one, architectures: [...one.architectures] })) };
  },

  async advice(registry: RegistryHandle, { signal }: CallOptions = {}): Promise<AdvisedSetting[]> {
    const advice = await abilityOf(registry, 'advice', { signal });
    const found = await advice.read(await anyRepository(registry, signal), signal);
    return found.map(({ environment, ...setting }) => ({
      ...setting,
      ...(environment && { environment: [...environment] }),
    }));
  },

  async *audit(
    registry: RegistryHandle,
    { project, signal }: ResourcesAt = {},
  ): AsyncGenerator<ProductAuditEntry[], void, void> {
    const audit = await abilityOf(registry, 'audit', { signal });
    for await (const page of audit.list(placeOf(project), signal)) yield page.map((entry) => ({ ...entry }));
  },
};

/** One that is there, for what can only be looked at in one; undefined where none is known. @throws {RegistryError} `cancelled` */
async function anyRepository(
  { identification, repositories }: RegistryHandle,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const registry = await identification.registry({ signal });
    for await (const [first] of listRepositories(registry, { signal, pageSize: 1 }))
      if (first !== undefined) return first;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
  }
  return repositories[0];
}

function entriesOf<Key extends string, Value>(of: { readonly [K in Key]?: Value }): [Key, Value][] {
  return Object.entries(of) as [Key, Value][];
}
