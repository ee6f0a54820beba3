import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { ProductApi } from '../../product/product-api.ts';
import type { RegistrySelf, SelfDescription } from '../../product/said.ts';

const HEALTH_MAX = 64 * 1024;
const TEXT_MAX = 8 * 1024 * 1024;

/** Empty where all is well, else what is wrong by the name of each check. */
const health = z.record(z.string(), z.string());
const counted = z.object({ Requests: z.number(), Hits: z.number(), BytesPulled: z.number() });
/** 2.8 alone has this part. */
const variables = z.object({
  registry: z
    .object({
      notifications: z.object({ endpoints: z.array(z.unknown()).nullable() }).optional(),
      proxy: z.object({ blobs: counted, manifests: counted }).optional(),
    })
    .optional(),
});

/** What `/debug/vars` says. */
interface Told {
  /** Endpoints that it notifies; undefined where this version does not say. */
  readonly endpoints: number | undefined;
  readonly proxy: readonly z.infer<typeof counted>[];
}

/**
 * The port beside the registry that its administrator opens (`http.debug.addr`), without a sign-in: health, variables of the
 * program, and, where `prometheus` is enabled, its metrics. Nothing secret is sent there.
 *
 * @see distribution.github.io, "Configuration", `debug`
 */
export class DebugPort {
  readonly #api: ProductApi;

  constructor(client: RegistryClient, address: URL) {
    const nobody = { current: async () => undefined, renew: async () => undefined };
    this.#api = new ProductApi(client, address, () => nobody, undefined, client.channelToGiven(address));
  }

  /** Undefined where it does not answer. @throws {RegistryError} `cancelled` */
  async told(signal: AbortSignal | undefined): Promise<Told | undefined> {
    try {
      const request = { method: 'GET', url: '/debug/vars', tries: 1, signal } as const;
      const { registry } = await this.#api.json(request, variables, { maxBytes: TEXT_MAX });
      const notified = registry?.notifications;
      return {
        endpoints: notified ? (notified.endpoints?.length ?? 0) : undefined,
        proxy: registry?.proxy ? [registry.proxy.blobs, registry.proxy.manifests] : [],
      };
    } catch (error) {
      if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
      throw error;
    }
  }

  /** Checks that fail, by name. @throws {RegistryError} */
  async failing(signal: AbortSignal | undefined): Promise<Readonly<Record<string, string>>> {
    const request = { method: 'GET', url: '/debug/health', expect: [200, 503], tries: 1, signal } as const;
    return await (await this.#api.request(request)).json(health, HEALTH_MAX);
  }

  /** Numbers by their names, each the sum over its labels; undefined where metrics are not enabled. @throws {RegistryError} */
  async metrics(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, number> | undefined> {
    const request = { method: 'GET', url: '/metrics', expect: [200, 404], tries: 1, signal } as const;
    const reply = await this.#api.request(request);
    if (reply.status === 404) {
      await reply.dump();
      return undefined;
    }
    return sums((await reply.bytes(TEXT_MAX)).toString('utf8'));
  }
}

const LINE = /^(\w+)(?:\{[^}]*\})? (\S+)/;

/** @see prometheus.io, "Text-based format" */
function sums(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = LINE.exec(line) ?? [];
    if (name !== undefined && Number.isFinite(Number(value)))
      found.set(name, (found.get(name) ?? 0) + Number(value));
  }
  return found;
}

/** Names of 2.8 and 3 alike, but for what a cache counts: 2.8 has that among its variables. */
const METRICS = {
  requests: 'registry_http_request_duration_seconds_count',
  memoryUsed: 'process_resident_memory_bytes',
  cacheRequests: 'registry_proxy_requests_total',
  cacheHits: 'registry_proxy_hits_total',
  cachePulled: 'registry_proxy_pulled_bytes_total',
} as const;
const OF_CACHES = ['cacheRequests', 'cacheHits', 'cachePulled'] as const;

/** What the debug port says of health and load. */
export const selfDescription = (debug: DebugPort): SelfDescription => ({
  async describe(signal): Promise<RegistrySelf> {
    const failing = Object.entries(await debug.failing(signal));
    const [told, metrics] = [await debug.told(signal), await debug.metrics(signal)];
    const statistics: { -readonly [S in keyof RegistrySelf['statistics']]: number } = {};
    for (const [name, metric] of Object.entries(METRICS) as [keyof typeof METRICS, string][]) {
      const value = metrics?.get(metric);
      if (value !== undefined) statistics[name] = value;
    }
    if (told && told.proxy.length > 0) {
      statistics.cacheRequests = told.proxy.reduce((sum, { Requests }) => sum + Requests, 0);
      statistics.cacheHits = told.proxy.reduce((sum, { Hits }) => sum + Hits, 0);
      statistics.cachePulled = told.proxy.reduce((sum, { BytesPulled }) => sum + BytesPulled, 0);
    }
    // 3 counts it of every registry.
    if (statistics.cacheRequests === 0) for (const name of OF_CACHES) delete statistics[name];
    return {
      health:
        failing.length === 0
          ? [{ name: 'registry', healthy: true }]
          : failing.map(([name, reason]) => ({ name, healthy: false, reason })),
      statistics,
      unread: metrics ? [] : ['/metrics'],
    };
  },
});
