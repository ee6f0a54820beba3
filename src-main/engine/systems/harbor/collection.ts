import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { CollectionRun, GarbageCollector } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { API, JSON_ONLY, make, numberIn, parsedText } from './api.ts';
import { instant, runState } from './run-states.ts';

const PATH = `${API}/system/gc`;
const REPLY_BYTES_MAX = 1024 * 1024;
/** Of a log: one of a hundred thousand blobs is about that long. */
const LOG_BYTES_MAX = 32 * 1024 * 1024;
/** Objects removed at a time: Harbor's own choice. */
const WORKERS = 1;

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

/** What its own words leave out: of who may not it says the name only. */
function explained(failure: RegistryError): RegistryError {
  const { code, request, reason, status } = failure;
  if (code === 'denied')
    return failure.because('Garbage is collected by administrators of the registry only.');
  if (code !== 'conflict') return failure;
  return new RegistryError('alreadyRunning', request, { reason, status, cause: failure }).because(
    'Its garbage collection is running already: wait until it has ended, or stop it.',
  );
}

/** Harbor's collection serves on while it runs. @see Harbor API v2.0, `/system/gc` */
export const garbageCollector = (api: ProductApi): GarbageCollector => ({
  async start({ untagged, dryRun }, signal) {
    const body = {
      schedule: { type: 'Manual' },
      parameters: { delete_untagged: untagged, dry_run: dryRun, workers: WORKERS },
    };
    try {
      return await make(api, { url: `${PATH}/schedule`, body, signal });
    } catch (error) {
      throw error instanceof RegistryError ? explained(error) : error;
    }
  },
  async run(id, signal) {
    const url = `${PATH}/${numberIn(id)}`;
    return runOf(await api.json({ method: 'GET', url, signal }, run, { maxBytes: REPLY_BYTES_MAX }));
  },
  async log(id, signal) {
    const url = `${PATH}/${numberIn(id)}/log`;
    const reply = await api.request({ method: 'GET', url, headers: JSON_ONLY, expect: [200], signal });
    return (await reply.bytes(LOG_BYTES_MAX)).toString();
  },
  async runs(signal) {
    const url = `${PATH}?page=1&page_size=10&sort=-creation_time`;
    const found = await api.json({ method: 'GET', url, signal }, run.array(), { maxBytes: REPLY_BYTES_MAX });
    return found.map(runOf);
  },
});

function runOf({
  id,
  job_status,
  job_parameters,
  creation_time,
  update_time,
}: z.infer<typeof run>): CollectionRun {
  const said = parameters.safeParse(parsedText(job_parameters)).data;
  const { freed_space: bytes, purged_blobs: blobs, purged_manifests: manifests } = said ?? {};
  const isSaid = bytes !== undefined && blobs !== undefined && manifests !== undefined;
  return {
    id: String(id),
    state: runState(job_status),
    dryRun: said?.dry_run ?? false,
    untagged: said?.delete_untagged ?? false,
    started: creation_time,
    changed: update_time,
    freed: isSaid ? { bytes, blobs, manifests } : undefined,
  };
}
