import { z } from 'zod';
import { readInstant } from '../../model/image.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import { API, change, JSON_ONLY, ONE_BYTES_MAX, parsedText } from './api.ts';
import type { Rights } from './rights.ts';

const schedule = z.object({
  schedule: z
    .object({ cron: z.string().catch(''), next_scheduled_time: z.string().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  /** JSON in a text. */
  job_parameters: z.string().catch(''),
});
const parameters = z.object({
  delete_untagged: z.boolean().optional().catch(undefined),
  workers: z.number().int().optional().catch(undefined),
});

/** One of each; there is no name for it, and no number. */
const ONE = 'schedule';

/** @see Harbor API v2.0, `/system/gc/schedule` */
export function gcScheduleResources(api: ProductApi, rights: Rights): Resources<'gcSchedule'> {
  const url = `${API}/system/gc/schedule`;
  const read = async (signal: AbortSignal | undefined): Promise<Resource<'gcSchedule'>> => {
    const [found, may] = await Promise.all([get(api, url, signal), rights.inSystem(signal)]);
    const { untagged, workers } = found;
    return {
      kind: 'gcSchedule',
      id: ONE,
      name: ONE,
      fields: {
        ...found.times,
        ...(untagged === undefined ? {} : { untagged }),
        ...(workers === undefined ? {} : { workers }),
      },
      may: { change: may },
    };
  };
  return {
    scopes: ['registry'],
    fields: ['cron', 'untagged', 'workers'],
    async *list(_place, signal) {
      yield [await read(signal)];
    },
    read: (_id, signal) => read(signal),
    mayCreate: async () => 'builtIn',
    async change(_id, fields, signal) {
      const { cron, untagged, workers } = { ...(await read(signal)).fields, ...fields };
      const body = {
        schedule: scheduleOf(cron),
        parameters: { delete_untagged: untagged ?? false, workers: workers ?? 1 },
      };
      await change(api, 'PUT', { url, body, signal });
    },
  };
}

/** @see Harbor API v2.0, `/system/scanAll/schedule` */
export function scanScheduleResources(api: ProductApi, rights: Rights): Resources<'scanSchedule'> {
  const url = `${API}/system/scanAll/schedule`;
  const read = async (signal: AbortSignal | undefined): Promise<Resource<'scanSchedule'>> => {
    const [{ times }, may] = await Promise.all([get(api, url, signal), rights.inSystem(signal)]);
    return { kind: 'scanSchedule', id: ONE, name: ONE, fields: times, may: { change: may } };
  };
  return {
    scopes: ['registry'],
    fields: ['cron'],
    async *list(_place, signal) {
      yield [await read(signal)];
    },
    read: (_id, signal) => read(signal),
    mayCreate: async () => 'builtIn',
    async change(_id, { cron }, signal) {
      if (cron === undefined) return;
      await change(api, 'PUT', { url, body: { schedule: scheduleOf(cron) }, signal });
    },
  };
}

const scheduleOf = (cron: string | null | undefined) =>
  cron ? { type: 'Custom', cron } : { type: 'None', cron: '' };

/** An empty reply where there is none. */
async function get(api: ProductApi, url: string, signal: AbortSignal | undefined) {
  const reply = await api.request({ method: 'GET', url, headers: JSON_ONLY, expect: [200], signal });
  await reply.readWhole(ONE_BYTES_MAX);
  const bytes = await reply.bytes(ONE_BYTES_MAX);
  const found = bytes.byteLength > 0 ? await reply.json(schedule, ONE_BYTES_MAX) : undefined;
  const next = readInstant(found?.schedule?.next_scheduled_time);
  const said = parameters.safeParse(parsedText(found?.job_parameters ?? '')).data;
  return {
    times: { cron: found?.schedule?.cron || null, ...(next === undefined ? {} : { next }) },
    untagged: said?.delete_untagged,
    workers: said?.workers,
  };
}
