import { RegistryError } from '../errors.ts';
import type { ResourceKind } from '../resource-kinds.ts';
import type { Resource, Resources } from './resources.ts';

/** A kind that is read whole and not written from here. */
export function shown<K extends ResourceKind>(
  read: (signal: AbortSignal | undefined) => Promise<readonly Resource<K>[]>,
): Resources<K> {
  return {
    scopes: ['registry'],
    fields: [],
    async *list(_place, signal) {
      yield await read(signal);
    },
    async read(id, signal) {
      const found = (await read(signal)).find((one) => one.id === id);
      if (found) return found;
      throw new RegistryError('notFound', '', { status: 404, reason: `There is none named ${id}.` });
    },
    mayCreate: async () => 'unsupported',
  };
}
