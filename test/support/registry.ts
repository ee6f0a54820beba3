import {
  type DeletionPlanData,
  Identification,
  listRepositories as listOf,
  type ManifestReader,
  ping as pingOf,
  planDeletion as planOf,
  type Registry,
  type RegistryClient,
} from '../../src-main/engine/index.ts';
import type { ListedArtifact } from '../../src-main/engine/product/abilities.ts';
import { collect } from './server.ts';

const known = new WeakMap<RegistryClient, Identification>();

/** As the app keeps it beside each client. */
export function identificationOf(client: RegistryClient): Identification {
  const identification = known.get(client) ?? new Identification(client);
  known.set(client, identification);
  return identification;
}

export function registryOf(client: RegistryClient): Promise<Registry> {
  return identificationOf(client).registry();
}

/** Id of the product behind a client. */
export async function systemOf(client: RegistryClient): Promise<string> {
  return (await registryOf(client)).product.id;
}

/** Identifies the registry and asks it to let us in, as the app does with one that was just added. */
export async function ping(client: RegistryClient, options: Parameters<typeof pingOf>[1] = {}) {
  const registry = await identificationOf(client).registry(options);
  const { milliseconds } = await pingOf(registry, options);
  const { product, version } = registry;
  return { system: product.id, ...(version === undefined ? {} : { version }), milliseconds };
}

export async function* listRepositories(client: RegistryClient, options?: Parameters<typeof listOf>[1]) {
  yield* listOf(await registryOf(client), options);
}

export async function planDeletion(
  client: RegistryClient,
  reader: ManifestReader,
  ...rest: Parameters<typeof planOf> extends [unknown, unknown, ...infer Rest] ? Rest : never
): Promise<DeletionPlanData> {
  return await planOf(await registryOf(client), reader, ...rest);
}

/** What the product's own API lists of a repository. @throws what the list fails with */
export async function listArtifacts(registry: Registry, repository: string): Promise<ListedArtifact[]> {
  const { artifacts } = registry.abilities;
  if (!artifacts) throw new Error('The product has no list of artifacts.');
  return await collect(artifacts.list(repository, {}));
}
