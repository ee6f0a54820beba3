import type { Resource } from '../../../common/product.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { ChangeFlags } from '../ask.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { bytesText, print, printJson } from '../output.ts';
import { valueText } from '../product-change-text.ts';
import { runProductChange } from '../run-product-change.ts';
import { Table } from '../table.ts';
import { gc } from './gc.ts';
import { fieldsBy } from './product-resources.ts';

interface HarborGcFlags extends ChangeFlags {
  readonly run?: boolean;
  readonly untagged?: boolean;
  readonly set?: readonly string[];
}

/** `harbor gc HOST`: the runs there were and the schedule; another run, another schedule. */
export async function harborCollection(
  context: Context,
  host: string,
  flags: HarborGcFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  if (flags.run && flags.set) throw new UsageError('Give only one of --run and --set.');
  if (flags.run) return await gc(context, host, flags, access);
  const registry = await context.registry(host, access);
  const schedules: Resource[] = [];
  for await (const page of core.products.list(registry, 'gcSchedule', { signal })) schedules.push(...page);
  const [schedule] = schedules;
  if (flags.set) {
    const fields = await fieldsBy('gcSchedule', flags.set);
    if (!schedule) throw new UsageError('It has no schedule to change.');
    const wanted = { act: 'change', kind: 'gcSchedule', id: schedule.id, fields } as const;
    await runProductChange(context, await core.products.planChanges(registry, [wanted], { signal }), flags);
    return;
  }
  const runs = await core.collections.remoteRuns(registry, { signal });
  if (json) {
    await printJson({ host: registry.host, schedule: schedule?.fields ?? null, runs });
    return;
  }
  const table = new Table(['run', 'state', 'started', 'freed'], [3]);
  await print([
    `Schedule: ${valueText(schedule?.fields.cron)}`,
    ...table.lines(
      runs.map(({ id, state, dryRun, started, freed }) => [
        id,
        dryRun ? `${state} (dry run)` : state,
        started,
        freed ? bytesText(freed.bytes) : '-',
      ]),
    ),
  ]);
}
