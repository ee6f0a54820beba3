import type { z } from 'zod';
import {
  type ProductJobSubject,
  productJobItem,
  productJobOutcome,
  productJobSubject,
  productJobSummary,
} from '../../common/product-job.ts';
import { type JobRun, type Jobs, RegistryError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { followRun } from '../followed-run.ts';
import { followSteps } from '../operations/followed-steps.ts';
import type { OperationKind } from '../operations/kind.ts';
import { notedOf } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import { jobsOf } from './abilities.ts';
import { checkGoing, goingTags } from './going.ts';
import { jobRunOf } from './runs.ts';
import { kindText } from './words.ts';

type JobStep = z.infer<typeof productJobItem>;

/** Work that a registry does itself: begun, or stopped, by its API, and followed to its end. */
export function productJobKind(): OperationKind<ProductJobSubject, JobStep> {
  return {
    name: 'productJob',
    subject: productJobSubject,
    step: productJobItem,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, act, job, name, run }) =>
      `${act === 'start' ? 'run' : `stop run ${run} of`} ${kindText(job)}${name === undefined ? '' : ` of ${name}`} at ${place.host}`,
    changes: () => [],
    outcome: (result) => notedOf(productJobOutcome, result),
    removes: ({ place, of }, summary) => ({
      name: of ?? place.host,
      tags: productJobSummary.safeParse(summary).data?.tags ?? 0,
      empties: false,
    }),
    check({ basis, registries }) {
      // Protected since the plan was made, maybe.
      checkGoing(registryOf(registries.changes), goingTags.parse(basis ?? []));
      return Promise.resolve(undefined);
    },
    async run(steps, { changes, subject, signal, ...context }) {
      const jobs = await jobsOf(registryOf(changes), subject.job, { signal });
      return await followSteps<JobRun>(steps, context, {
        begin: () => begin(jobs, subject, signal),
        follow: (id, report) => ended(jobs, id, subject.act, { signal, report }),
        log: async ({ id }) => (await jobs.log?.(id, undefined, signal)) ?? '',
        kept: jobRunOf,
        counted(run) {
          const { succeeded = 0, failed = 0, stopped = 0, total = 0, bytes = 0 } = run?.counts ?? {};
          return {
            ...(total > 0 && { steps: { done: succeeded + failed + stopped, total } }),
            bytes: { done: bytes, total: bytes },
          };
        },
      });
    },
  };
}

async function begin(
  jobs: Jobs,
  { act, of, options, run }: ProductJobSubject,
  signal: AbortSignal,
): Promise<string> {
  if (act === 'start') return await jobs.start(of, options, signal);
  if (run === undefined || !jobs.stop) throw new ServiceError('unsupported');
  await jobs.stop(run, signal);
  return run;
}

/** Of a run that is to stop its end as stopped is what was wanted. */
async function ended(
  jobs: Jobs,
  id: string,
  act: ProductJobSubject['act'],
  options: { signal: AbortSignal; report: (run: JobRun) => void },
): Promise<JobRun> {
  try {
    return await followRun(jobs, id, options);
  } catch (error) {
    if (act === 'start' || options.signal.aborted || !(error instanceof RegistryError)) throw error;
    const run = await jobs.run(id, options.signal);
    if (run.state === 'stopped') return run;
    throw error;
  }
}
