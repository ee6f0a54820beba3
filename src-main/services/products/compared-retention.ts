import { type CleanupWhy, cleanupItem } from '../../common/cleanup-run.ts';
import {
  type ComparedRetention,
  type ComparedTag,
  RETENTION_VERDICTS,
  type RetentionVerdict,
} from '../../common/compared-retention.ts';
import { accountOf } from '../../common/place.ts';
import type { CleanupService } from '../core/cleanup.ts';
import type { ProductRetention } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import { followRun } from '../followed-run.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { jobsOf } from './abilities.ts';
import { allow } from './planned.ts';
import { jobRunOf } from './runs.ts';

/** Rows that are shown. */
const ROWS_MAX = 10_000;
/** Lines of our plan that are read at a time. */
const PAGE = 1_000;

export interface RetentionOptions {
  plans: Plans;
  cleanup: Pick<CleanupService, 'saved' | 'planning'>;
}

/** What a project's own retention would delete, beside what our rules would. */
export const productRetention = (options: RetentionOptions): ProductRetention => ({
  async compareRetention(
    registry: RegistryHandle,
    { project, savedId }: { project: string; savedId: string },
    { signal }: CallOptions = {},
  ): Promise<ComparedRetention> {
    const account = accountOf(registry.place);
    const saved = account === undefined ? [] : options.cleanup.saved(account);
    const rules = saved.find(({ id }) => id === savedId);
    if (!rules) throw new ServiceError('invalidInput', 'There are no such saved rules of this registry.');
    const jobs = await jobsOf(registry, 'retention', { signal });
    if (!jobs.items || !jobs.options.includes('dryRun')) throw new ServiceError('unsupported');
    allow(await jobs.mayStart(project, signal), 'run', 'retention');
    // Ours first: rules that cannot be read begin nothing at the registry.
    const own = await ownLines(registry, { rules, project }, options, signal);
    const run = await followRun(jobs, await jobs.start(project, { dryRun: true }, signal), { signal });
    const going = new Map<string, Omit<ComparedTag, 'verdict'>>();
    for await (const page of jobs.items(run.id, signal))
      for (const { goes } of page) {
        if (!goes) continue;
        const repository = `${project}/${goes.repository}`;
        for (const tag of goes.tags.length > 0 ? goes.tags : [null]) {
          const of = { repository, tag, digest: goes.digest };
          going.set(keyOf(of), of);
        }
      }
    return { run: jobRunOf(run), rules: rules.name, ...compared(going, own) };
  },
});

interface OwnLine extends Omit<ComparedTag, 'verdict'> {
  goes: boolean;
}

const keyOf = ({ repository, tag, digest }: Pick<ComparedTag, 'repository' | 'tag' | 'digest'>) =>
  tag === null ? `${repository}@${digest}` : `${repository}:${tag}`;

/** What our rules make of each tag of the project, and of what has none. */
async function ownLines(
  registry: RegistryHandle,
  { rules, project }: { rules: ReturnType<CleanupService['saved']>[number]; project: string },
  { plans, cleanup }: RetentionOptions,
  signal: AbortSignal | undefined,
): Promise<Map<string, OwnLine>> {
  const { id, name, version, text, schedule } = rules;
  const kubeconfig = schedule?.kubeconfig;
  const given = {
    scope: { namespace: project },
    text,
    inUse: [],
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
  let planId: string | undefined;
  for await (const told of cleanup.planning(registry, given, { id, name, version }, { signal }))
    if (told.kind === 'plan') planId = told.plan.id;
  const lines = new Map<string, OwnLine>();
  if (planId === undefined) return lines;
  for (let offset = 0; ; offset += PAGE) {
    const { items } = plans.items(planId, { offset, limit: PAGE });
    for (const each of items) {
      const { repository, digest, decided, why, state } = cleanupItem.parse(each);
      const goes = state === 'delete';
      const of = (tag: string | null, because?: CleanupWhy) => {
        const line = { repository, tag, digest, goes, ...(because ? { why: because } : {}) };
        lines.set(keyOf(line), line);
      };
      for (const { tag, ...because } of decided) of(tag, because);
      if (decided.length === 0) of(null, why);
    }
    if (items.length < PAGE) return lines;
  }
}

function compared(
  going: ReadonlyMap<string, Omit<ComparedTag, 'verdict'>>,
  own: ReadonlyMap<string, OwnLine>,
): Pick<ComparedRetention, 'counts' | 'rows' | 'more'> {
  const rows: Record<RetentionVerdict, ComparedTag[]> = { both: [], registryOnly: [], ownOnly: [] };
  for (const [key, of] of going) {
    const line = own.get(key);
    const verdict = line?.goes ? 'both' : 'registryOnly';
    rows[verdict].push({ ...of, verdict, ...(line?.why ? { why: line.why } : {}) });
  }
  for (const [key, { goes, ...of }] of own)
    if (goes && !going.has(key)) rows.ownOnly.push({ ...of, verdict: 'ownOnly' });
  const all = [...rows.registryOnly, ...rows.ownOnly, ...rows.both];
  const counts = Object.fromEntries(RETENTION_VERDICTS.map((verdict) => [verdict, rows[verdict].length]));
  return {
    counts: counts as ComparedRetention['counts'],
    rows: all.slice(0, ROWS_MAX),
    more: all.length > ROWS_MAX,
  };
}
