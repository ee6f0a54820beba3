import { z } from 'zod';
import type { RegistryClient } from '../../http/client.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { SelfDescription } from '../../product/said.ts';
import { API, giteaApi } from './api.ts';

const REPLY_MAX = 256 * 1024;

const said = z.object({ version: z.string().min(1) });
/** Each part with what its checks came to: `pass`, `warn` or `fail`. */
const health = z.object({
  checks: z
    .record(
      z.string(),
      z.array(z.object({ status: z.string(), output: z.string().optional().catch(undefined) })),
    )
    .catch({}),
});

/** `1.26.0`, or Forgejo's with the Gitea that it speaks like: `12.0.1+gitea-1.22.0`. @throws {RegistryError} */
export const versionOf = async (client: RegistryClient, signal: AbortSignal | undefined): Promise<string> =>
  await askVersion(giteaApi(client), signal);

async function askVersion(api: ProductApi, signal: AbortSignal | undefined): Promise<string> {
  const request = { method: 'GET', url: `${API}/version`, tries: 1, signal } as const;
  return (await api.json(request, said, { maxBytes: REPLY_MAX })).version.slice(0, 50);
}

/** @see docs.gitea.com, "Health check", `/api/healthz` */
export const selfDescription = (api: ProductApi): SelfDescription => ({
  async describe(signal) {
    const request = { method: 'GET', url: '/api/healthz', expect: [200, 503], tries: 1, signal } as const;
    const { checks } = await (await api.request(request)).json(health, REPLY_MAX);
    return {
      version: await askVersion(api, signal),
      health: Object.entries(checks).flatMap(([name, results]) =>
        results.map(({ status, output }) => ({
          name,
          healthy: status !== 'fail',
          ...(output ? { reason: output } : {}),
        })),
      ),
      statistics: {},
      unread: [],
    };
  },
});
