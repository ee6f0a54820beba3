import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { isDigest } from '../../model/digest.ts';
import type { JobItem, JobRun, Jobs } from '../../product/jobs.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { API, apiPages, change, JSON_ONLY, make, numberIn, partsOfId } from './api.ts';
import type { Retention } from './retention.ts';
import type { Rights } from './rights.ts';
import { instant, lastOf, runState } from './run-states.ts';

const execution = z.object({
  id: z.number().int(),
  status: z.string(),
  start_time: instant,
  end_time: z.string().optional().catch(undefined),
  /** Left out where it is none. */
  dry_run: z.boolean().catch(false),
  trigger: z.string().optional().catch(undefined),
});
const executions = z.array(execution);
const tasks = z.array(
  z.object({
    id: z.number().int(),
    repository: z.string(),
    status: z.string(),
    total: z.number().int().nonnegative().optional().catch(undefined),
    retained: z.number().int().nonnegative().optional().catch(undefined),
  }),
);
type Task = z.infer<typeof tasks>[number];

/** Of a task: a repository of a hundred thousand artifacts has a log of some 20 MiB. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;
/** How a log's table calls what goes. */
const GOES = 'DEL';

/** Runs of a project's retention, each known by its policy and its own number. @see Harbor API v2.0, `/retentions/{id}/executions` */
export function retentionJobs(api: ProductApi, retention: Retention, rights: Rights): Jobs {
  const listOf = (policy: string) => `${API}/retentions/${numberIn(policy)}/executions`;
  const urlOf = (id: string) => {
    const [policy, run] = partsOfId(id);
    return `${listOf(policy)}/${numberIn(run)}`;
  };
  const logOf = async (id: string, task: string, signal: AbortSignal | undefined) => {
    const url = `${urlOf(id)}/tasks/${numberIn(task)}`;
    const reply = await api.request({ method: 'GET', url, headers: JSON_ONLY, expect: [200], signal });
    return (await reply.bytes(LOG_BYTES_MAX)).toString();
  };
  const policyOf = async (project: string | undefined, signal: AbortSignal | undefined) => {
    const { id } = await retention.id(project ?? '', signal);
    if (id !== undefined) return id;
    throw new RegistryError('notFound', '', { reason: `The project ${project} has no rules of retention.` });
  };
  const runsOf = (policy: string, signal: AbortSignal | undefined) =>
    apiPages(api, listOf(policy), executions, signal);
  return {
    about: 'project',
    options: ['dryRun'],
    async mayStart(of = '', signal) {
      return (await rights.inProject(of, signal))('tag-retention', 'update');
    },
    async start(of, { dryRun = false }, signal) {
      const policy = await policyOf(of, signal);
      return `${policy}/${await make(api, { url: listOf(policy), body: { dry_run: dryRun }, signal })}`;
    },
    /** There is no reading of one. */
    async run(id, signal) {
      const [policy, number] = partsOfId(id);
      for await (const page of runsOf(policy, signal)) {
        const found = page.find((one) => String(one.id) === number);
        if (found) return runOf(policy, found);
      }
      throw new RegistryError('notFound', '', { reason: 'There is no such run.' });
    },
    async runs(of, signal) {
      const { id: policy } = await retention.id(of ?? '', signal);
      if (policy === undefined) return [];
      for await (const page of runsOf(policy, signal)) return page.map((one) => runOf(policy, one));
      return [];
    },
    /** Each repository, and after it each artifact that goes there, as the log has it. */
    async *items(id, signal) {
      for await (const page of apiPages(api, `${urlOf(id)}/tasks`, tasks, signal))
        for (const task of page) {
          yield [itemOf(task)];
          const { total, retained } = task;
          const state = runState(task.status);
          if (state !== 'done' || total === retained) continue;
          const log = await logOf(id, String(task.id), signal);
          const gone = goneIn(log).map(({ digest, tags }) => ({
            id: String(task.id),
            name: `${task.repository}@${digest}`,
            state,
            counts: {},
            ...(tags.length === 0 ? {} : { note: tags.join(', ') }),
            goes: { repository: task.repository, digest, tags },
          }));
          if (gone.length > 0) yield gone;
        }
    },
    async log(id, item, signal) {
      if (item !== undefined) return await logOf(id, item, signal);
      const logs: string[] = [];
      for await (const page of apiPages(api, `${urlOf(id)}/tasks`, tasks, signal))
        for (const task of page) logs.push(await logOf(id, String(task.id), signal));
      return logs.join('\n');
    },
    stop: (id, signal) => change(api, 'PATCH', { url: urlOf(id), body: { action: 'stop' }, signal }),
  };
}

function runOf(policy: string, one: z.infer<typeof execution>): JobRun {
  return {
    id: `${policy}/${one.id}`,
    state: runState(one.status),
    started: one.start_time,
    changed: lastOf(one.start_time, one.end_time),
    options: { dryRun: one.dry_run },
    counts: {},
    ...(one.trigger === undefined ? {} : { by: one.trigger }),
  };
}

function itemOf({ id, repository, status, total, retained }: Task): JobItem {
  return {
    id: String(id),
    name: repository,
    state: runState(status),
    counts: {
      ...(total === undefined ? {} : { total }),
      ...(retained === undefined ? {} : { kept: retained }),
    },
  };
}

/** Artifacts that go, from the table that a task logs: its first cell is the digest, the second its tags, the last what becomes of it. */
function goneIn(log: string): { digest: string; tags: string[] }[] {
  return log.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, digest = '', tags = ''] = cells;
    if (!isDigest(digest) || cells.at(-2) !== GOES) return [];
    return [{ digest, tags: tags.split(',').flatMap((tag) => tag.trim() || []) }];
  });
}
