import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { readInstant } from '../../model/image.ts';
import type { JobRun, Jobs } from '../../product/jobs.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { shown } from '../../product/read-whole.ts';
import type { Resources } from '../../product/resources.ts';
import type { CollectionRunState } from '../../vocabulary/collection.ts';
import { nexusJson, nexusPages, REST } from './api.ts';

const time = z.string().nullish().catch(undefined);
const task = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  type: z.string(),
  message: z.string().nullish().catch(undefined),
  currentState: z.string(),
  lastRunResult: z.string().nullish().catch(undefined),
  nextRun: time,
  lastRun: time,
});
type Task = z.infer<typeof task>;

/** What gives back the bytes of deleted images, in the order in which they have to run; then what else the program has. */
const FIRST = ['repository.docker.gc', 'blobstore.compact'];
/** Of a task that nobody has run yet. */
const NEVER = 'never';
/** Ends the name of a run that is over. */
const OVER = 'over';
const RESULTS: Readonly<Record<string, CollectionRunState>> = {
  OK: 'done',
  ERROR: 'failed',
  FAILED: 'failed',
  CANCELED: 'stopped',
  INTERRUPTED: 'stopped',
};

/** @see help.sonatype.com, "Tasks API" */
export const taskResources = (api: ProductApi): Resources<'task'> =>
  shown(async (signal) => {
    const found: Task[] = [];
    for await (const page of nexusPages(api, '/tasks', task, signal)) found.push(...page);
    const rank = ({ type }: Task): number => (FIRST.indexOf(type) + FIRST.length + 1) % (FIRST.length + 1);
    return found
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
      .map((one) => ({
        kind: 'task',
        id: one.id,
        name: one.name,
        fields: {
          type: one.type,
          state: one.currentState,
          result: one.lastRunResult ?? null,
          last: instantOf(one.lastRun) ?? null,
          next: instantOf(one.nextRun) ?? null,
        },
        may: {},
      }));
  });

/** A task has one run at a time, and remembers how the last one ended: a run is named by the one before it. */
export const taskJobs = (api: ProductApi): Jobs => {
  const read = (id: string, signal: AbortSignal | undefined): Promise<Task> =>
    nexusJson(api, `/tasks/${encodeURIComponent(id)}`, task, signal);
  return {
    about: 'task',
    options: [],
    mayStart: async () => 'unknown',
    async start(of = '', _options, signal) {
      const before = await read(of, signal);
      if (before.currentState === 'RUNNING')
        throw new RegistryError('alreadyRunning', '', { reason: `${before.name} is running already.` });
      const reply = await api.request({
        method: 'POST',
        url: `${REST}/tasks/${encodeURIComponent(of)}/run`,
        expect: [204],
        tries: 1,
        signal,
      });
      await reply.dump();
      return `${of} ${before.lastRun ?? NEVER}`;
    },
    async run(id, signal) {
      const [of = '', before, over] = id.split(' ');
      return { ...runOf(await read(of, signal), over === OVER ? undefined : before), id };
    },
    async runs(of = '', signal) {
      const found = await read(of, signal);
      return found.lastRun || found.currentState !== 'WAITING' ? [runOf(found, undefined)] : [];
    },
    async stop(id, signal) {
      const [of = ''] = id.split(' ');
      const reply = await api.request({
        method: 'POST',
        url: `${REST}/tasks/${encodeURIComponent(of)}/stop`,
        expect: [204],
        tries: 1,
        signal,
      });
      await reply.dump();
    },
  };
};

function runOf(one: Task, before: string | undefined): JobRun {
  // One that runs for the first time does not say since when.
  const last = instantOf(one.lastRun) ?? new Date().toISOString();
  const isIdle = one.currentState === 'WAITING' || one.currentState === 'OK';
  const notBegun = before !== undefined && (one.lastRun ?? NEVER) === before;
  const ended = RESULTS[one.lastRunResult?.toUpperCase() ?? ''] ?? 'done';
  const note = one.message ?? one.lastRunResult;
  return {
    id: `${one.id} ${one.lastRun ?? NEVER}${isIdle ? ` ${OVER}` : ''}`,
    state: isIdle ? (notBegun ? 'waiting' : ended) : 'running',
    started: last,
    changed: last,
    options: {},
    counts: {},
    ...(note ? { note } : {}),
  };
}

/** Dates are written with an offset without a colon (`+0000`), which is not RFC 3339. */
function instantOf(text: string | null | undefined): string | undefined {
  return readInstant(text?.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}
