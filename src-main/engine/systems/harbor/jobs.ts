import type { CollectionRun, GarbageCollector } from '../../product/abilities.ts';
import type { JobRun, Jobs } from '../../product/jobs.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { API, change, numberIn } from './api.ts';
import type { Rights } from './rights.ts';

/** Its collection of garbage, as a job like others. */
export function collectionJobs(api: ProductApi, collector: GarbageCollector, rights: Rights): Jobs {
  return {
    options: ['dryRun', 'untagged'],
    mayStart: (_of, signal) => rights.inSystem(signal),
    start: (_of, { dryRun = false, untagged = false }, signal) =>
      collector.start({ dryRun, untagged }, signal),
    run: async (id, signal) => jobRunOf(await collector.run(id, signal)),
    runs: async (_of, signal) => (await collector.runs(signal)).map(jobRunOf),
    log: (id, _item, signal) => collector.log(id, signal),
    stop: (id, signal) => change(api, 'PUT', { url: `${API}/system/gc/${numberIn(id)}`, signal }),
  };
}

const jobRunOf = ({ id, state, started, changed, dryRun, untagged, freed }: CollectionRun): JobRun => ({
  id,
  state,
  started,
  changed,
  options: { dryRun, untagged },
  counts: freed ?? {},
});
