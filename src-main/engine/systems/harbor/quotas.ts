import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { Permission } from '../../resource-kinds.ts';
import { API, apiPages, BY_NAME, change, ONE_BYTES_MAX, projectPath } from './api.ts';
import type { Rights } from './rights.ts';

/** Bytes; -1 is without limit. */
const storage = z.object({ storage: z.number().int().gte(-1) });
const state = z.object({ hard: storage, used: storage });
type State = z.infer<typeof state>;
const quotas = z.array(state.extend({ id: z.number().int(), ref: z.object({ name: z.string().min(1) }) }));
const summary = z.object({ quota: state.nullish() });

/**
 * What projects may hold: one by its project's name. Members see their own project's, administrators all.
 *
 * @see Harbor API v2.0, `/quotas`, `/projects/{p}/summary`
 */
export function quotaResources(api: ProductApi, rights: Rights): Resources<'quota'> {
  const read = async (name: string, signal: AbortSignal | undefined): Promise<Resource<'quota'>> => {
    const asked = { method: 'GET', url: `${projectPath(name)}/summary`, headers: BY_NAME, signal } as const;
    const [{ quota }, may] = await Promise.all([
      api.json(asked, summary, { maxBytes: ONE_BYTES_MAX }),
      rights.inSystem(signal),
    ]);
    if (quota) return resourceOf(name, quota, may);
    throw new RegistryError('denied', '', {
      reason: 'What the project may hold is not shown to this account.',
    });
  };
  return {
    scopes: ['registry', 'project'],
    fields: ['limit'],
    async *list({ project }, signal) {
      if (project !== undefined) {
        yield [await read(project, signal)];
        return;
      }
      // They are listed to administrators alone.
      for await (const page of apiPages(api, `${API}/quotas?reference=project`, quotas, signal))
        yield page.map((one) => resourceOf(one.ref.name, one, 'yes'));
    },
    read,
    // Each project has one.
    mayCreate: async () => 'builtIn',
    async change(id, { limit }, signal) {
      if (limit === undefined) return;
      const { id: number } = await rights.project(id, signal);
      const url = `${API}/quotas?reference=project&reference_id=${number}`;
      const [quota] = await api.json({ method: 'GET', url, signal }, quotas, { maxBytes: ONE_BYTES_MAX });
      if (!quota) throw new RegistryError('notFound', '', { reason: `The project ${id} has no quota.` });
      const body = { hard: { storage: limit ?? -1 } };
      await change(api, 'PUT', { url: `${API}/quotas/${quota.id}`, body, signal });
    },
  };
}

function resourceOf(name: string, { hard, used }: State, may: Permission): Resource<'quota'> {
  return {
    kind: 'quota',
    id: name,
    name,
    project: name,
    fields: { limit: hard.storage < 0 ? null : hard.storage, used: Math.max(0, used.storage) },
    may: { change: may },
  };
}
