import { z } from 'zod';
import type { JobRun, Jobs } from '../../product/jobs.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { API, apiPages, change, JSON_ONLY, make, numberIn, ONE_BYTES_MAX } from './api.ts';
import type { Rights } from './rights.ts';
import { instant, lastOf, runState } from './run-states.ts';

const count = z.number().int().nonnegative().optional().catch(undefined);
const execution = z.object({
  id: z.number().int(),
  status: z.string(),
  status_text: z.string().catch(''),
  start_time: instant,
  end_time: z.string().optional().catch(undefined),
  trigger: z.string().optional().catch(undefined),
  total: count,
  succeed: count,
  failed: count,
  stopped: count,
});
const executions = z.array(execution);
const tasks = z.array(
  z.object({
    id: z.number().int(),
    status: z.string(),
    src_resource: z.string().catch(''),
    dst_resource: z.string().catch(''),
  }),
);
const LOG_BYTES_MAX = 32 * 1024 * 1024;

/** Runs of replication rules. @see Harbor API v2.0, `/replication/executions` */
export function replicationJobs(api: ProductApi, rights: Rights): Jobs {
  const list = `${API}/replication/executions`;
  const url = (id: string) => `${list}/${numberIn(id)}`;
  const logOf = async (id: string, task: string, signal: AbortSignal | undefined) => {
    const at = `${url(id)}/tasks/${numberIn(task)}/log`;
    const reply = await api.request({ method: 'GET', url: at, headers: JSON_ONLY, expect: [200], signal });
    return (await reply.bytes(LOG_BYTES_MAX)).toString();
  };
  return {
    about: 'replicationRule',
    options: [],
    mayStart: (_of, signal) => rights.inSystem(signal),
    start: (of = '', _options, signal) =>
      make(api, { url: list, body: { policy_id: Number(numberIn(of)) }, signal }),
    async run(id, signal) {
      const asked = { method: 'GET', url: url(id), signal } as const;
      return runOf(await api.json(asked, execution, { maxBytes: ONE_BYTES_MAX }));
    },
    async runs(of = '', signal) {
      for await (const page of apiPages(api, `${list}?policy_id=${numberIn(of)}`, executions, signal))
        return page.map(runOf);
      return [];
    },
    async *items(id, signal) {
      for await (const page of apiPages(api, `${url(id)}/tasks`, tasks, signal))
        yield page.map((one) => ({
          id: String(one.id),
          name: one.src_resource,
          state: runState(one.status),
          counts: {},
          ...(one.dst_resource === '' ? {} : { note: one.dst_resource }),
        }));
    },
    async log(id, item, signal) {
      if (item !== undefined) return await logOf(id, item, signal);
      const logs: string[] = [];
      for await (const page of apiPages(api, `${url(id)}/tasks`, tasks, signal))
        for (const task of page) logs.push(await logOf(id, String(task.id), signal));
      return logs.join('\n');
    },
    stop: (id, signal) => change(api, 'PUT', { url: url(id), signal }),
  };
}

function runOf(one: z.infer<typeof execution>): JobRun {
  const { total, succeed: succeeded, failed, stopped, status_text: note } = one;
  return {
    id: String(one.id),
    state: runState(one.status),
    started: one.start_time,
    changed: lastOf(one.start_time, one.end_time),
    options: {},
    counts: {
      ...(total === undefined ? {} : { total }),
      ...(succeeded === undefined ? {} : { succeeded }),
      ...(failed === undefined ? {} : { failed }),
      ...(stopped === undefined ? {} : { stopped }),
    },
    ...(one.trigger === undefined ? {} : { by: one.trigger }),
    ...(note === '' ? {} : { note }),
  };
}
