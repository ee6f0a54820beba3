import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { RegistrySelf, SelfDescription } from '../../product/said.ts';
import type { Statistic } from '../../vocabulary/registry-facts.ts';
import { API, ONE_BYTES_MAX } from './api.ts';

const about = z.object({
  /** Only who is signed in is told. */
  harbor_version: z.string().optional().catch(undefined),
  read_only: z.boolean().optional().catch(undefined),
});
const health = z.object({
  components: z
    .array(z.object({ name: z.string(), status: z.string(), error: z.string().optional().catch(undefined) }))
    .nullish(),
});
const statistics = z.record(z.string(), z.unknown());

const COUNTS: Readonly<Partial<Record<Statistic, string>>> = {
  projects: 'total_project_count',
  privateProjects: 'private_project_count',
  publicProjects: 'public_project_count',
  repositories: 'total_repo_count',
  privateRepositories: 'private_repo_count',
  publicRepositories: 'public_repo_count',
  storageUsed: 'total_storage_consumption',
};
/** Counted over the whole registry, which is told to administrators; to others these are zero. */
const OF_ALL: ReadonlySet<string> = new Set(['projects', 'repositories', 'storageUsed']);

/** @see Harbor API v2.0, `/systeminfo`, `/health`, `/statistics` */
export const selfDescription = (api: ProductApi): SelfDescription => ({
  async describe(signal) {
    const unread: string[] = [];
    let failure: RegistryError | undefined;
    const ask = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
      try {
        const asked = { method: 'GET', url: `${API}/${name}`, signal } as const;
        return await api.json(asked, schema, { maxBytes: ONE_BYTES_MAX });
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
        unread.push(name);
        failure ??= error;
        return undefined;
      }
    };
    const [itself, parts, counted] = await Promise.all([
      ask('systeminfo', about),
      ask('health', health),
      ask('statistics', statistics),
    ]);
    if (failure && unread.length === 3) throw failure;
    const { harbor_version: version, read_only: readOnly } = itself ?? {};
    return {
      ...(version === undefined ? {} : { version }),
      health: (parts?.components ?? []).map(({ name, status, error }) => ({
        name,
        healthy: status === 'healthy',
        ...(error === undefined ? {} : { reason: error }),
      })),
      statistics: counted ? countsOf(counted) : {},
      ...(readOnly === undefined ? {} : { readOnly }),
      unread: unread.sort(),
    };
  },
});

function countsOf(said: z.infer<typeof statistics>): RegistrySelf['statistics'] {
  const found: { [S in Statistic]?: number } = {};
  // There is always one.
  const isTold = said.total_project_count !== 0;
  for (const [name, key] of Object.entries(COUNTS) as [Statistic, string][]) {
    const value = said[key];
    if (typeof value === 'number' && value >= 0 && (isTold || !OF_ALL.has(name))) found[name] = value;
  }
  return found;
}
