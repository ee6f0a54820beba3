import { resolve } from 'node:path';
import type { ImportNote } from '../../../common/cleanup.ts';
import { type CleanupSchedule, cleanupSchedule, type SavedCleanup } from '../../../common/cleanup-run.ts';
import { cleanupRulesSchema } from '../../../common/cleanup-schema.ts';
import type { RuleFormat } from '../../../common/rule-formats.ts';
import { accountsAt } from '../accounts-at.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { counted, print, printJson, shortDigest, warn } from '../output.ts';
import { findSaved, savedAt, savedNamed, versionOf } from '../saved-rules.ts';
import { Table } from '../table.ts';
import { textOf } from '../text-file.ts';

export interface SaveFlags {
  /** Hours, or `never`; without it the schedule stays as it is. */
  readonly every?: string;
  readonly delete?: boolean;
  readonly atMost?: number;
  /** Of the clusters that the rules ask; an empty one is kubectl's own. */
  readonly kubeconfig?: string;
}

/** Tags that a run by schedule may delete where nothing else is said. */
const AT_MOST = 100;

/** `rules HOST`: those that are saved, with their schedules and last runs. */
export async function listRules(context: Context, host: string): Promise<void> {
  const saved = savedAt(context, host);
  if (context.json) {
    await printJson({ rules: saved.map(documentOf) });
    return;
  }
  if (saved.length === 0) {
    await print(`No rules saved for ${host}.`);
    return;
  }
  const rows = saved.map((rules) => [
    rules.name,
    String(rules.version),
    dateText(rules.changed),
    scheduleText(rules.schedule),
    lastRunText(rules),
  ]);
  await print(new Table(['NAME', 'VERSION', 'CHANGED', 'SCHEDULE', 'LAST RUN']).lines(rows));
}

/** `rules schema`: what editors complete files of rules by. */
export async function printSchema(): Promise<void> {
  await print(JSON.stringify(cleanupRulesSchema(), null, 2).split('\n'));
}

/** `rules show HOST NAME`: the text, as a file has it. */
export async function showRules(
  context: Context,
  host: string,
  name: string,
  version: number | undefined,
): Promise<void> {
  const saved = savedNamed(context, host, name);
  const shown =
    version === undefined ? { ...saved, saved: saved.changed } : versionOf(context, saved, version);
  const { text, digest } = shown;
  if (context.json)
    await printJson({ ...documentOf(saved), version: shown.version, saved: shown.saved, digest, text });
  else await print(text.replace(/\n$/, '').split('\n'));
}

/** `rules versions HOST NAME`: the latest first. */
export async function listVersions(context: Context, host: string, name: string): Promise<void> {
  const saved = savedNamed(context, host, name);
  const versions = context.core.cleanup.versions(saved.id);
  if (context.json) {
    const all = versions.map(({ version, digest, saved: at }) => ({ version, digest, saved: at }));
    await printJson({ name: saved.name, versions: all });
    return;
  }
  const rows = versions.map(({ version, saved: at, digest }) => [
    String(version),
    dateText(at),
    shortDigest(digest),
  ]);
  await print(new Table(['VERSION', 'SAVED', 'DIGEST']).lines(rows));
}

/** `rules save HOST NAME FILE`: new ones, or another version of those with this name. */
export async function saveRules(
  context: Context,
  host: string,
  name: string,
  file: string,
  flags: SaveFlags,
): Promise<void> {
  const [account] = accountsAt(context, host, 'saved rules');
  const text = await textOf(file);
  const before = findSaved(context, host, name);
  const saved = context.core.cleanup.save({
    ...(before ? { id: before.id } : {}),
    accountId: before?.accountId ?? account.id,
    name: before?.name ?? name,
    text,
    schedule: scheduleOf(flags, before?.schedule),
  });
  await said(context, saved, `${saved.name} is saved as version ${saved.version}.`);
}

/** `rules restore HOST NAME VERSION`: what they said then is what they say now, as another version. */
export async function restoreRules(
  context: Context,
  host: string,
  name: string,
  version: number,
): Promise<void> {
  const before = savedNamed(context, host, name);
  const { id, accountId, schedule = null } = before;
  const { text } = versionOf(context, before, version);
  const saved = context.core.cleanup.save({ id, accountId, name: before.name, text, schedule });
  const is =
    saved.version === before.version
      ? `is version ${version} as it was`
      : `is saved as version ${saved.version}`;
  await said(context, saved, `${saved.name} ${is}.`);
}

/** `rules remove HOST NAME`: with all their versions; no tag is touched. */
export async function removeRules(
  context: Context,
  host: string,
  name: string,
  flags: { yes?: boolean },
): Promise<void> {
  const saved = savedNamed(context, host, name);
  await confirm(`Remove ${saved.name} with ${counted(saved.version, 'version')}?`, flags, context.signal);
  context.core.cleanup.remove(saved.id);
  await said(context, saved, `${saved.name} removed.`);
}

const NOTES: Readonly<Record<ImportNote['code'], string>> = {
  disabled: 'disabled, not imported',
  schedule: 'schedule, not imported',
  selector: 'not imported, since it selects by something unavailable here',
  except: 'exception that cannot be expressed, so more is kept',
  action: 'not imported, since it does not delete',
  order: 'the original goes by rule order; here, what any rule keeps stays',
  count: 'the original counts other tags',
  untagged: 'untagged manifests are a separate entry here',
  pattern: 'not imported, since the pattern cannot be expressed',
  setting: 'unknown setting',
};

/** `rules import FORMAT FILE`: the rules of another product as a file of ours, with a warning for all that is not the same. */
export async function importRules(
  { core, json }: Context,
  format: RuleFormat,
  file: string,
  scope: string,
): Promise<void> {
  const { text, notes } = core.rules.import(format, await textOf(file), scope);
  for (const { code, found } of notes) warn({ code, message: `${NOTES[code]}: ${found}` });
  if (json) await printJson({ text, notes });
  else await print(text.replace(/\n$/, '').split('\n'));
}

/** @throws UsageError */
function scheduleOf(
  { every, delete: deletes, atMost, kubeconfig }: SaveFlags,
  before: CleanupSchedule | undefined,
): CleanupSchedule | null {
  const isSaid = deletes !== undefined || atMost !== undefined || kubeconfig !== undefined;
  if (every === 'never') {
    if (isSaid) throw new UsageError('--every never goes with none of --delete, --at-most and --kubeconfig.');
    return null;
  }
  const hours = every === undefined ? before?.hours : Number(every);
  if (hours === undefined) {
    if (!isSaid) return null;
    throw new UsageError('--delete, --at-most and --kubeconfig need --every.');
  }
  const read = cleanupSchedule.safeParse({
    hours,
    deletes: deletes ?? before?.deletes ?? false,
    atMost: atMost ?? before?.atMost ?? AT_MOST,
    ...kubeconfigOf(kubeconfig, before),
  });
  if (read.success) return read.data;
  throw new UsageError(`--every ${every}: ${read.error.issues[0]?.message ?? 'it is no number of hours'}.`);
}

function kubeconfigOf(
  named: string | undefined,
  before: CleanupSchedule | undefined,
): Pick<CleanupSchedule, 'kubeconfig'> {
  const path = named === undefined ? before?.kubeconfig : named === '' ? undefined : resolve(named);
  return path === undefined ? {} : { kubeconfig: path };
}

async function said({ json }: Context, saved: SavedCleanup, words: string): Promise<void> {
  if (json) await printJson(documentOf(saved));
  else await print(words);
}

function documentOf({
  id,
  name,
  version,
  digest,
  created,
  changed,
  schedule,
  lastRun,
}: SavedCleanup): object {
  return {
    id,
    name,
    version,
    digest,
    created,
    changed,
    schedule: schedule ?? null,
    lastRun: lastRun ?? null,
  };
}

function scheduleText(schedule: CleanupSchedule | undefined): string {
  if (!schedule) return '';
  const { hours, deletes, atMost, kubeconfig } = schedule;
  const does = deletes ? `deletes up to ${counted(atMost, 'tag')}` : 'plans only';
  return [`every ${counted(hours, 'hour')}`, does, ...(kubeconfig ? [`by ${kubeconfig}`] : [])].join(', ');
}

function lastRunText({ lastRun }: SavedCleanup): string {
  if (!lastRun) return '';
  const { at, outcome, tags = 0, failure } = lastRun;
  const words = {
    running: 'running',
    nothing: 'nothing to do',
    waits: `${counted(tags, 'tag')} wait for consent`,
    started: `started with ${counted(tags, 'tag')}`,
    failed: `failed: ${failure?.message ?? 'unknown reason'}`,
  }[outcome];
  return `${dateText(at)} ${words}`;
}

function dateText(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}
