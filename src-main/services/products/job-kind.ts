import { z } from 'zod';
import {
  type ProductJobSubject,
  productJobItem,
  productJobOutcome,
  productJobSubject,
} from '../../common/product-job.ts';
import { type JobRun, RegistryError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { endOf, followRun, logIfAny } from '../followed-run.ts';
import type { Meter, OperationKind } from '../operations/kind.ts';
import { registryOf } from '../place-handle.ts';
import { jobsOf } from './abilities.ts';
import { jobRunOf } from './runs.ts';
import { kindText } from './words.ts';

type JobStep = z.infer<typeof productJobItem>;

/** Noted as soon as it is known, so that the next try follows the same run. */
const noted = z.object({ following: z.string() });

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
    outcome: (result) => productJobOutcome.safeParse(parsed(result)).data,
    async run(steps, { changes, subject, signal, measure, moved }) {
      const jobs = await jobsOf(registryOf(changes), subject.job, { signal });
      const meter = new JobMeter();
      measure(meter);
      const report = (run: JobRun) => {
        meter.run = run;
        moved();
      };
      for await (const page of steps.pages())
        for (const { number, result } of page) {
          let id = noted.safeParse(parsed(result ?? '')).data?.following;
          if (id === undefined && subject.act === 'stop') {
            id = subject.run;
            if (id === undefined || !jobs.stop) throw new ServiceError('unsupported');
            await jobs.stop(id, signal);
          }
          if (id === undefined) {
            id = await jobs.start(subject.of, subject.options, signal);
            steps.note(number, JSON.stringify({ following: id }));
          }
          const run = await ended(jobs, id, subject.act, { signal, report });
          const log = await logIfAny(async () => (await jobs.log?.(run.id, undefined, signal)) ?? '');
          steps.done(number, JSON.stringify({ run: jobRunOf(run), ...(log && { log: endOf(log) }) }));
        }
      return steps.outcome();
    },
  };
}

/** Of a run that is to stop its end as stopped is what was wanted. */
async function ended(
  jobs: { run(id: string, signal: AbortSignal | undefined): Promise<JobRun> },
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

class JobMeter implements Meter {
  run: JobRun | undefined;

  read() {
    const { succeeded = 0, failed = 0, stopped = 0, total = 0, bytes = 0 } = this.run?.counts ?? {};
    const isDone = this.run?.state === 'done';
    const steps =
      total > 0 ? { done: succeeded + failed + stopped, total } : { done: isDone ? 1 : 0, total: 1 };
    return {
      steps,
      bytes: { done: bytes, total: bytes },
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: 0,
      rate: 0,
    };
  }

  details() {
    return { items: { done: this.run?.state === 'done' ? 1 : 0, failed: 0, total: 1 }, active: [] };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an earlier failure, or spoiled
  }
}
