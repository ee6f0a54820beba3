import {
  type JobRun,
  type ProductJobPlan,
  productJobItem,
  productJobOutcome,
} from '../../../common/product-job.ts';
import type { ResourceKind } from '../../../engine/resource-kinds.ts';
import type { JobKind } from '../../../engine/vocabulary/jobs.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { print, printJson, report } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { Table } from '../table.ts';
import { type NameFlags, typedNames } from '../typed-name.ts';
import { resourceNamed } from './product-resources.ts';

export interface JobFlags extends NameFlags {
  readonly project?: string;
  /** What is run: true where it is all of --project. */
  readonly run?: string | true;
  readonly runs?: string | true;
  readonly log?: string;
  readonly stop?: string;
}

/** Lines of a dry run that are shown. */
const LINES = 10_000;

/** Runs of a product's own work: those there were, what one has logged, and another one. */
export async function productJob(
  context: Context,
  host: string,
  { job, kind }: { job: JobKind; kind: ResourceKind },
  flags: JobFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const named = flags.run ?? flags.runs;
  const of =
    typeof named === 'string'
      ? (await resourceNamed(context, registry, { kind, named, project: flags.project })).id
      : flags.project;
  const at = { job, of };
  if (flags.log !== undefined) {
    const log = await core.products.log(registry, { ...at, run: flags.log }, { signal });
    if (json) await printJson({ host: registry.host, run: flags.log, log });
    else await print(log.split('\n'));
    return;
  }
  if (flags.stop !== undefined) {
    const plan = await core.products.planStop(registry, { ...at, run: flags.stop }, { signal });
    return await runJob(context, plan, flags);
  }
  if (of === undefined) throw new UsageError('Give a name, or --project.');
  if (flags.runs !== undefined) {
    const runs = await core.products.runs(registry, at, { signal });
    if (json) await printJson({ host: registry.host, job, of, runs });
    else await print(runLines(runs));
    return;
  }
  const plan = await core.products.planJob(registry, { ...at, options: {} }, { signal });
  await runJob(context, plan, flags);
}

/** Shows a plan of work, asks, and follows the run to its end. */
async function runJob(context: Context, plan: ProductJobPlan, flags: JobFlags): Promise<void> {
  const { core, json, signal } = context;
  const { job, of, place, act } = plan.subject;
  const { items: lines } = core.plans.items(plan.id, { state: 'item', offset: 0, limit: LINES });
  const items = lines.flatMap((item) => {
    const read = productJobItem.safeParse(item).data;
    return read?.state === 'item' ? [read] : [];
  });
  const head = { host: place.host, job, ...(of === undefined ? {} : { of }) };
  if (flags.plan) {
    const { dryRun = null, log = null } = plan.summary;
    if (json) await printJson({ ...head, dryRun, items, log });
    else await print(planLines(plan, items));
    return;
  }
  if (!flags.yes || !json) report(planLines(plan, items));
  const typed = (await typedNames(context, [plan], flags)).get(plan.id);
  if (typed === undefined) await confirm(act === 'start' ? 'Run it?' : 'Stop it?', flags, signal);
  const { operationId } = await core.plans.start(plan.id, { typed, signal });
  const ended = await runOperation(context, operationId);
  const outcome = productJobOutcome.safeParse(ended.outcome).data;
  if (!outcome)
    throw new CommandFailure({ code: 'storageFailed', message: 'The result of the run cannot be read.' });
  if (json) await printJson({ ...head, ...outcome, log: outcome.log ?? null, operation: operationId });
  else await print(runLines([outcome.run]));
}

function planLines(
  { subject, summary: { dryRun } }: ProductJobPlan,
  items: readonly { item: { name: string; counts: JobRun['counts'] }; log?: string }[],
): string[] {
  return [
    `${subject.act === 'start' ? 'Run' : `Stop run ${subject.run ?? ''} of`} ${subject.job}${subject.name === undefined ? '' : ` of ${subject.name}`} at ${subject.place.host}`,
    ...(dryRun ? [`  its dry run ${dryRun.id} says: ${countsText(dryRun.counts)}`] : []),
    ...items.flatMap(({ item, log }) => [
      `  ${item.name}: ${countsText(item.counts)}`,
      ...(log ?? '').split('\n').flatMap((line) => (line === '' ? [] : [`    ${line}`])),
    ]),
    '  this cannot be undone',
  ];
}

function runLines(runs: readonly JobRun[]): string[] {
  const table = new Table(['run', 'state', 'started', 'counts', 'note']);
  return table.lines(
    runs.map(({ id, state, started, options, counts, note }) => [
      id,
      options.dryRun ? `${state} (dry run)` : state,
      started ?? '-',
      countsText(counts),
      note ?? '',
    ]),
  );
}

function countsText(counts: JobRun['counts']): string {
  const said = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return said.length > 0 ? said.join(', ') : 'it does not say';
}
