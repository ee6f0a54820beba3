import { parse } from 'yaml';
import { z } from 'zod';
import type { CleanupRule, DeleteEntry, KeepEntry } from '../../../common/cleanup.ts';
import { ServiceError } from '../../errors.ts';
import { checked, type Importer, THE_REST } from './notes.ts';

const keepTags = z.strictObject({
  patterns: z.array(z.string().min(1)).default([]),
  mostRecentlyPushedCount: z.int().positive().optional(),
  mostRecentlyPulledCount: z.int().positive().optional(),
  pushedWithin: z.string().optional(),
  pulledWithin: z.string().optional(),
});

const retention = z.looseObject({
  dryRun: z.boolean().optional(),
  delay: z.string().optional(),
  policies: z
    .array(
      z.strictObject({
        /** A default policy has none. */
        repositories: z.array(z.string().min(1)).default([]),
        deleteReferrers: z.boolean().default(false),
        deleteUntagged: z.boolean().default(true),
        // One of them may stand by itself.
        keepTags: z.preprocess(
          (value) =>
            value === undefined || value === null || Array.isArray(value) ? (value ?? []) : [value],
          z.array(keepTags),
        ),
      }),
    )
    .min(1),
});

/** The configuration, its storage, or the retention of it alone. @see zot, "Retention policies" */
const configuration = z.union([
  z.looseObject({ storage: z.looseObject({ retention }) }).transform((all) => all.storage.retention),
  z.looseObject({ retention }).transform((all) => all.retention),
  retention,
]);

/** What its policies keep of a repository stays, and the rest goes; without any that keeps tags all of them stay. */
export const fromZot: Importer = (text, _scope, note) => {
  let value: unknown;
  try {
    // It takes both, and JSON is YAML.
    value = parse(text, { prettyErrors: false });
  } catch (cause) {
    throw new ServiceError('invalidInput', 'It is neither JSON nor YAML.', { cause });
  }
  const { policies, delay, dryRun } = checked(spelled(value), configuration);
  // It only says there what would go.
  if (dryRun) note('setting', 'dryRun: true');
  for (const path of pathsWithOwn(value)) note('selector', `subPaths: ${path}`);
  if (policies.length > 1) note('order', policies.map((policy) => namesOf(policy).join(', ')).join('; '));
  return policies.map((policy): CleanupRule => {
    const { deleteReferrers, deleteUntagged, keepTags } = policy;
    const repositories = namesOf(policy);
    const remove: DeleteEntry[] = [];
    if (keepTags.length > 0) remove.push(THE_REST);
    const age = delay === undefined ? {} : { olderThan: durationOf(delay), by: 'pushed' as const };
    if (deleteUntagged) remove.push({ name: 'untagged', untagged: true, ...age });
    if (deleteReferrers) remove.push({ name: 'stale referrers', staleReferrers: true });
    const name = repositories.join(', ');
    return { name, repositories, keep: keepTags.flatMap((tags) => keptOf(tags)), delete: remove };
  });
};

function namesOf({ repositories }: { repositories: readonly string[] }): string[] {
  return repositories.length > 0 ? [...repositories] : ['**'];
}

/** Names of what is read of it, as they are written here. */
const NAMES = [
  'storage',
  'retention',
  'dryRun',
  'delay',
  'policies',
  'repositories',
  'deleteReferrers',
  'deleteUntagged',
  'keepTags',
  'patterns',
  'mostRecentlyPushedCount',
  'mostRecentlyPulledCount',
  'pushedWithin',
  'pulledWithin',
  'subPaths',
];
const SPELLED = new Map([
  ...NAMES.map((name) => [name.toLowerCase(), name] as const),
  // As versions of its documentation have it.
  ['reponames', 'repositories'] as const,
]);

/** It takes names in whatever case. */
function spelled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, of]) => [SPELLED.get(name.toLowerCase()) ?? name, spelled(of)]),
  );
}

const subPaths = z.looseObject({
  storage: z.looseObject({ subPaths: z.record(z.string(), z.looseObject({})) }),
});

/** Parts of its storage with a retention of their own, which is for the repositories that lie there. */
function pathsWithOwn(value: unknown): string[] {
  const { data } = subPaths.safeParse(spelled(value));
  return Object.entries(data?.storage.subPaths ?? {}).flatMap(([path, own]) =>
    'retention' in own ? [path] : [],
  );
}

type KeepTags = z.infer<typeof keepTags>;

/** Each of its conditions keeps by itself there. */
function keptOf({ patterns, ...conditions }: KeepTags): KeepEntry[] {
  const which =
    patterns.length === 0 ? { tags: '*' } : { regex: patterns.map((each) => `(?:${each})`).join('|') };
  const label = patterns.join(', ') || 'all tags';
  const { mostRecentlyPushedCount, mostRecentlyPulledCount, pushedWithin, pulledWithin } = conditions;
  const kept: KeepEntry[] = [];
  const add = (name: string, more: Partial<KeepEntry>): void => {
    kept.push({ name: `${label}: ${name}`, ...which, ...more });
  };
  if (mostRecentlyPushedCount) add('pushed last', { newest: mostRecentlyPushedCount, by: 'pushed' });
  if (mostRecentlyPulledCount) add('pulled last', { newest: mostRecentlyPulledCount, by: 'pulled' });
  if (pushedWithin) add('pushed within', { youngerThan: durationOf(pushedWithin), by: 'pushed' });
  if (pulledWithin) {
    add('pulled within', { youngerThan: durationOf(pulledWithin), by: 'pulled' });
    // It spares what was pushed since as well.
    add('pulled within, or pushed', { youngerThan: durationOf(pulledWithin), by: 'pushed' });
  }
  if (kept.length === 0) add('kept', {});
  return kept;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** As Go writes it: `168h`, `1h30m`. @throws ServiceError `invalidInput` */
function durationOf(text: string): string {
  if (!/^(?:\d+[smh])+$/.test(text)) throw new ServiceError('invalidInput', `"${text}" is no duration.`);
  let seconds = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+)([smh])/g))
    seconds += Number(amount) * (SECONDS[unit] ?? 0);
  const hours = seconds / 3600;
  return Number.isInteger(hours) ? `${hours}h` : `${Math.ceil(seconds / 60)}m`;
}
