import { z } from 'zod';
import type { ProductApi } from '../../product/product-api.ts';
import { API, apiPages } from './api.ts';

const registries = z.array(z.object({ id: z.number().int().nonnegative(), name: z.string() }));

/** Names of other registries that Harbor knows, by their numbers; for administrators. @throws {RegistryError} */
export async function endpointNames(
  api: ProductApi,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for await (const page of apiPages(api, `${API}/registries`, registries, signal))
    for (const { id, name } of page) names.set(id, name);
  return names;
}
