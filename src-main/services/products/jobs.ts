import {
  type JobItem,
  type JobOptions,
  type JobRun,
  PRODUCT_JOB_STATES,
  type ProductJobPlan,
} from '../../common/product-job.ts';
import type { NewPlanItem } from '../../data/index.ts';
import type { JobKind } from '../../engine/vocabulary/jobs.ts';
import type { JobAt, ProductJobs } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import { endOf, followRun, logIfAny } from '../followed-run.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { jobsOf, resourcesOf } from './abilities.ts';
import { checkGoing, type GoingTags, goingOf } from './going.ts';
import { allow } from './planned.ts';
import { jobItemOf, jobRunOf } from './runs.ts';

/** Lines of a dry run that a plan names. */
const NAMED_MAX = 10_000;

/** Work that products run themselves. */
export const productJobs = (plans: Plans): ProductJobs => ({
  async runs(registry: RegistryHandle, { job, of }: JobAt, { signal }: CallOptions = {}): Promise<JobRun[]> {
    const jobs = await jobsOf(registry, job, { signal });
    return (await jobs.runs(of, signal)).map(jobRunOf);
  },

  async *items(
    registry: RegistryHandle,
    { job, run }: JobAt & { run: string },
    { signal }: CallOptions = {},
  ): AsyncGenerator<JobItem[], void, void> {
    const jobs = await jobsOf(registry, job, { signal });
    if (!jobs.items)
      throw new ServiceError('unsupported', 'This registry does not name what a run worked at.');
    for await (const page of jobs.items(run, signal)) yield page.map(jobItemOf);
  },

  async log(
    registry: RegistryHandle,
    { job, run, item }: JobAt & { run: string; item?: string | undefined },
    { signal }: CallOptions = {},
  ): Promise<string> {
    const jobs = await jobsOf(registry, job, { signal });
    if (!jobs.log) throw new ServiceError('unsupported', 'This registry has no log of its runs.');
    return endOf(await jobs.log(run, item, signal));
  },

  async planJob(
    registry: RegistryHandle,
    { job, of, options }: JobAt & { options: JobOptions },
    { signal }: CallOptions = {},
  ): Promise<ProductJobPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const jobs = await jobsOf(registry, job, { signal });
    allow(await jobs.mayStart(of, signal), 'run', job);
    if (Object.keys(options).some((option) => !(jobs.options as readonly string[]).includes(option)))
      throw new ServiceError('invalidInput', 'This registry has no such option.');
    const about = await aboutOf(registry, { job, of }, { signal });
    const { dryRun: only = false, ...wanted } = options;
    let summary: ProductJobPlan['summary'] = {};
    const going: GoingTags = [];
    const items: NewPlanItem[] = [{ item: { state: 'run' }, state: 'run', acts: !only }];
    if (jobs.options.includes('dryRun')) {
      const id = await jobs.start(of, { ...wanted, dryRun: true }, signal);
      const dryRun = await followRun(jobs, id, { signal });
      const log = await logIfAny(async () => (await jobs.log?.(dryRun.id, undefined, signal)) ?? '');
      for await (const page of jobs.items?.(dryRun.id, signal) ?? []) {
        going.push(...goingOf(page, jobs.about === 'project' ? of : undefined));
        for (const item of page.slice(0, NAMED_MAX - items.length)) {
          const said = await logIfAny(async () => (await jobs.log?.(dryRun.id, item.id, signal)) ?? '');
          const line = { state: 'item', item: jobItemOf(item), ...(said && { log: endOf(said) }) };
          items.push({ item: line, state: 'item', acts: false });
        }
      }
      if (!only) checkGoing(registry, going);
      const tags = going.reduce((sum, one) => sum + one.tags.length, 0);
      summary = { dryRun: jobRunOf(dryRun), ...(log && { log: endOf(log) }), ...(tags > 0 && { tags }) };
    }
    return await plans.keep({
      kind: 'productJob',
      subject: {
        kind: 'productJob',
        place: registry.place,
        job,
        act: 'start',
        ...about,
        options: wanted,
      },
      summary,
      needsConsent: false,
      states: PRODUCT_JOB_STATES,
      items,
      basis: going,
      registries: { reads: [], changes: [registry] },
    });
  },

  async planStop(
    registry: RegistryHandle,
    { job, of, run }: JobAt & { run: string },
    { signal }: CallOptions = {},
  ): Promise<ProductJobPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const jobs = await jobsOf(registry, job, { signal });
    if (!jobs.stop) throw new ServiceError('unsupported', 'This registry does not stop its runs.');
    const { state } = await jobs.run(run, signal);
    if (state !== 'running' && state !== 'waiting')
      throw new ServiceError('invalidInput', `Run ${run} has ended already.`);
    return await plans.keep({
      kind: 'productJob',
      subject: {
        kind: 'productJob',
        place: registry.place,
        job,
        act: 'stop',
        ...(await aboutOf(registry, { job, of }, { signal })),
        options: {},
        run,
      },
      summary: {},
      needsConsent: false,
      states: PRODUCT_JOB_STATES,
      items: [{ item: { state: 'run' }, state: 'run', acts: true }],
      registries: { reads: [], changes: [registry] },
    });
  },
});

/** What a job is about, with its name; a project's name is its own. */
async function aboutOf(
  registry: RegistryHandle,
  { job, of }: { job: JobKind; of: string | undefined },
  { signal }: CallOptions,
): Promise<{ of?: string; name?: string }> {
  if (of === undefined) return {};
  const { about } = await jobsOf(registry, job, { signal });
  if (about === undefined || about === 'project') return { of, name: of };
  return { of, name: (await (await resourcesOf(registry, about, { signal })).read(of, signal)).name };
}
