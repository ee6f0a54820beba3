import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { JobRun, Jobs } from '../../product/jobs.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { API, change, ONE_BYTES_MAX } from './api.ts';
import type { Rights } from './rights.ts';

const count = z.number().int().nonnegative().catch(0);
/** Absent: none by that word. */
const counts = z.record(z.string(), count).nullish().catch(undefined);
const metrics = z.object({
  total: count,
  completed: count,
  ongoing: z.boolean().catch(false),
  metrics: counts,
  trigger: z.string().optional().catch(undefined),
});

/** Harbor tells of the latest scan of everything, and gives it no number. */
const LATEST = 'latest';

/** One scan of all that it holds. @see Harbor API v2.0, `/system/scanAll/schedule`, `/scans/all/metrics` */
export function scanAllJobs(api: ProductApi, rights: Rights): Jobs {
  const latest = async (signal: AbortSignal | undefined) =>
    await api.json({ method: 'GET', url: `${API}/scans/all/metrics`, signal }, metrics, {
      maxBytes: ONE_BYTES_MAX,
    });
  return {
    options: [],
    mayStart: (_of, signal) => rights.inSystem(signal),
    async start(_of, _options, signal) {
      if ((await latest(signal)).ongoing)
        throw new RegistryError('alreadyRunning', '', { reason: 'It is scanning everything already.' });
      const body = { schedule: { type: 'Manual' } };
      await change(api, 'POST', { url: `${API}/system/scanAll/schedule`, body, signal });
      return LATEST;
    },
    run: async (_id, signal) => runOf(await latest(signal)),
    async runs(_of, signal) {
      const found = await latest(signal);
      return found.total > 0 || found.ongoing ? [runOf(found)] : [];
    },
    stop: (_id, signal) => change(api, 'POST', { url: `${API}/system/scanAll/stop`, signal }),
  };
}

function runOf({ total, ongoing, trigger, metrics: by }: z.infer<typeof metrics>): JobRun {
  const { Success: succeeded = 0, Error: failed = 0, Stopped: stopped = 0 } = by ?? {};
  return {
    id: LATEST,
    state: ongoing ? 'running' : stopped > 0 ? 'stopped' : 'done',
    options: {},
    counts: { total, succeeded, failed, stopped },
    ...(trigger === undefined ? {} : { by: trigger }),
  };
}
