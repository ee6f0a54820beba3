import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { CollectionRun, GarbageCollector } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { describeRequest } from '../../redact.ts';
import type { CollectionRunState } from '../../vocabulary.ts';
import { JSON_ONLY } from './api.ts';

const PATH = '/api/v2.0/system/gc';
const REPLY_BYTES_MAX = 1024 * 1024;
/** Of a log: one of a hundred thousand blobs is about that long. */
const LOG_BYTES_MAX = 32 * 1024 * 1024;
/** Objects removed at a time: Harbor's own choice. */
const WORKERS = 1;

const STATES: Readonly<Record<string, CollectionRunState>> = {
  pending: 'waiting',
  scheduled: 'waiting',
  running: 'running',
  success: 'done',
  stopped: 'stopped',
  error: 'failed',
};

const instant = z.coerce.date().transform((date) => date.toISOString());

const run = z.object({
  id: z.number().int(),
  job_status: z.string(),
  /** JSON in a text. */
  job_parameters: z.string().catch(''),
  creation_time: instant,
  update_time: instant,
});

const parameters = z.object({
  dry_run: z.boolean().catch(false),
  delete_untagged: z.boolean().catch(false),
  freed_space: z.number().nonnegative().optional().catch(undefined),
  purged_blobs: z.number().nonnegative().optional().catch(undefined),
  purged_manifests: z.number().nonnegative().optional().catch(undefined),
});

/** Harbor's collection serves on while it runs. @see Harbor API v2.0, `/system/gc` */
export const garbageCollector = (api: ProductApi): GarbageCollector => ({
  async start({ untagged, dryRun }, signal) {
    const reply = await api.request({
      method: 'POST',
      url: `${PATH}/schedule`,
      headers: { ...JSON_ONLY, 'content-type': 'application/json' },
      body: JSON.stringify({
        schedule: { type: 'Manual' },
        parameters: { delete_untagged: untagged, dry_run: dryRun, workers: WORKERS },
      }),
      expect: [201],
      // Sent twice it might run twice.
      tries: 1,
      signal,
    });
    await reply.dump();
    const id = /\/gc\/(\d+)$/.exec(reply.header('location') ?? '')?.[1];
    if (id !== undefined) return id;
    throw new RegistryError('invalidResponse', describeRequest('POST', new URL(PATH, api.origin)), {
      reason: 'It does not say which run it has begun.',
    });
  },
  async run(id, signal) {
    const url = `${PATH}/${idOf(id)}`;
    return runOf(await api.json({ method: 'GET', url, signal }, run, { maxBytes: REPLY_BYTES_MAX }));
  },
  async log(id, signal) {
    const url = `${PATH}/${idOf(id)}/log`;
    const reply = await api.request({ method: 'GET', url, headers: JSON_ONLY, expect: [200], signal });
    return (await reply.bytes(LOG_BYTES_MAX)).toString();
  },
  async runs(signal) {
    const url = `${PATH}?page=1&page_size=10&sort=-creation_time`;
    const found = await api.json({ method: 'GET', url, signal }, run.array(), { maxBytes: REPLY_BYTES_MAX });
    return found.map(runOf);
  },
});

/** Ids are numbers: nothing else gets into a path. @throws {RegistryError} */
function idOf(id: string): string {
  if (/^\d{1,15}$/.test(id)) return id;
  throw new RegistryError('invalidReference', '', { reason: 'This is no id of a run.' });
}

function runOf({
  id,
  job_status,
  job_parameters,
  creation_time,
  update_time,
}: z.infer<typeof run>): CollectionRun {
  const said = parameters.safeParse(parsed(job_parameters)).data;
  const { freed_space: bytes, purged_blobs: blobs, purged_manifests: manifests } = said ?? {};
  const isSaid = bytes !== undefined && blobs !== undefined && manifests !== undefined;
  return {
    id: String(id),
    state: STATES[job_status.toLowerCase()] ?? 'running',
    dryRun: said?.dry_run ?? false,
    untagged: said?.delete_untagged ?? false,
    started: creation_time,
    changed: update_time,
    freed: isSaid ? { bytes, blobs, manifests } : undefined,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
