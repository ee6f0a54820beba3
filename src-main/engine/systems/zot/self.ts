import { z } from 'zod';
import type { RegistryClient } from '../../http/client.ts';
import type { SelfDescription } from '../../product/said.ts';

const MGMT = '/v2/_zot/ext/mgmt';
const REPLY_MAX = 256 * 1024;

/** What it says to anyone of its configuration. */
const said = z.object({ releaseTag: z.string().catch(''), binaryType: z.string().catch('') });

/** Undefined for a build of no release. @throws {RegistryError} `notFound` where the extension is off */
export async function versionOf(
  client: RegistryClient,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const reply = await client.request({ method: 'GET', url: MGMT, expect: [200], tries: 1, signal });
  const { releaseTag } = await reply.json(said, REPLY_MAX);
  return releaseTag === '' ? undefined : releaseTag.replace(/^v/, '').slice(0, 50);
}

/** @see zotregistry.dev, "Health probes": ready means that it serves, and has read its storage */
export const selfDescription = (client: RegistryClient): SelfDescription => ({
  async describe(signal) {
    const ready = { method: 'GET', url: '/readyz', expect: [200, 404, 500, 503], tries: 1, signal } as const;
    const reply = await client.request(ready);
    await reply.dump();
    const isSaid = reply.status !== 404;
    const version = await versionOf(client, signal).catch(() => undefined);
    return {
      ...(version === undefined ? {} : { version }),
      health: isSaid ? [{ name: 'registry', healthy: reply.status === 200 }] : [],
      statistics: {},
      unread: isSaid ? [] : ['/readyz'],
    };
  },
});
