import { basename, dirname } from 'node:path';
import type { CleanupPlan, CleanupScope, UsedRules } from '../../../common/cleanup-run.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import { cleanupDocument, cleanupText, itemsOf, sideEffectsText } from '../cleanup-text.ts';
import type { Context } from '../context.ts';
import { confirmSideEffects } from '../deletion-plan.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { counted, print, printJson, report } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { parseScanned } from '../run-scan.ts';
import { savedNamed } from '../saved-rules.ts';
import { lastOf } from '../steps.ts';
import { textOf } from '../text-file.ts';
import { type NameFlags, typedNames } from '../typed-name.ts';

export interface CleanupFlags extends NameFlags {
  /** A file, or the name of saved ones: one of both. */
  readonly rules?: string;
  readonly saved?: string;
  /** Files of what is in use, whatever the rules say. */
  readonly inUse?: readonly string[];
  readonly acceptSideEffects?: boolean;
  /** What goes is kept whole; else as the settings say. */
  readonly keepContent?: boolean;
}

/** `cleanup HOST[/REPOSITORY]`: what rules of a file, or saved ones, say goes, as one operation. */
export async function cleanup(
  context: Context,
  place: string,
  flags: CleanupFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const { host, ...scope } = parseScanned(place);
  const rules = await rulesOf(context, host, flags);
  const registry = await context.registry(host, access, scope.repository);
  const plan = await cleanupPlan(context, registry, scope, rules, flags);
  const items = [...itemsOf(core, plan)];
  if (flags.plan) {
    if (json) await printJson(cleanupDocument(plan, items));
    else await print(cleanupText(plan, items, { kept: true }));
    failOfUnlooked(plan);
    return;
  }
  if (!flags.yes || !json) report(cleanupText(plan, items, { kept: false }));
  const { tags, manifests } = plan.subject.going;
  let operation: string | null = null;
  if (tags + manifests > 0) {
    await confirm(`Delete ${counted(tags, 'tag')}?`, flags, signal);
    await confirmSideEffects(sideEffectsText(plan), flags, signal);
    const typed = (await typedNames(context, [plan], flags)).get(plan.id);
    const { keepContent } = flags;
    const options = { consent: plan.needsConsent, keepContent, typed, signal };
    const { operationId } = await core.plans.start(plan.id, options);
    await runOperation(context, operationId);
    operation = operationId;
  }
  if (json) await printJson({ ...cleanupDocument(plan, items), operation });
  else await print(`Deleted ${counted(tags, 'tag')} of ${host}`);
  failOfUnlooked(plan);
}

interface Rules {
  text: string;
  /** Where the files are that they name. */
  folder: string;
  used: Omit<UsedRules, 'digest'>;
}

/** @throws UsageError; CommandFailure `accountUnknown`, `notFound` */
async function rulesOf(context: Context, host: string, { rules, saved }: CleanupFlags): Promise<Rules> {
  if ((rules === undefined) === (saved === undefined))
    throw new UsageError('Give either --rules FILE or --saved NAME.');
  if (saved !== undefined) {
    const { id, name, version, text } = savedNamed(context, host, saved);
    return { text, folder: process.cwd(), used: { id, name, version } };
  }
  const file = rules ?? '';
  const folder = file === '-' ? process.cwd() : dirname(file);
  return {
    text: await textOf(file),
    folder,
    used: { name: file === '-' ? 'stdin' : basename(file), version: 0 },
  };
}

async function cleanupPlan(
  { core, signal }: Context,
  registry: RegistryHandle,
  scope: CleanupScope,
  { text, folder, used }: Rules,
  { inUse = [] }: CleanupFlags,
): Promise<CleanupPlan> {
  const given = {
    scope,
    text,
    folder,
    inUse: [],
    always: await Promise.all(
      inUse.map(async (file) => ({ name: basename(file), text: await textOf(file) })),
    ),
  };
  const { plan } = await lastOf(
    core.cleanup.planning(registry, given, used, { signal }),
    'plan',
    ({ at, repositories, tags }) =>
      `${at === 'scan' ? 'Scanning' : 'Looking at what goes'}: ${repositories.done} of ` +
      `${counted(repositories.total, 'repository', 'repositories')}, ${counted(tags.done, 'tag')}`,
  );
  return plan;
}

/** What could not be looked at was left as it is: that is no success. */
function failOfUnlooked({ summary: { unlooked } }: CleanupPlan): void {
  const [first] = unlooked;
  if (!first) return;
  const names = unlooked.map(({ repository }) => repository).join(', ');
  throw new CommandFailure({
    ...first.failure,
    message: `Left unchanged because they could not be read: ${names}. ${first.failure.message}`,
  });
}
