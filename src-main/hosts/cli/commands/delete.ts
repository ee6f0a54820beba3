import type { DeleteManyPlan } from '../../../common/deletion.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import {
  deletedText,
  documentOf,
  effectsOf,
  failureOf,
  joined,
  type PlannedDeletion,
  ran,
  sparedOf,
  textOf,
} from '../deletion.ts';
import { confirmSideEffects, type DeleteFlags } from '../deletion-plan.ts';
import { type DoomedPlace, isNamespace, parseDoomed, parseWhole, tagsMeant } from '../doomed.ts';
import { Cancelled, CommandFailure } from '../failures.ts';
import { print, printJson, report } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { lastOf, lookingAtMany, lookingText } from '../steps.ts';
import { typedNames } from '../typed-name.ts';

/**
 * `delete REF…`: tags, patterns of tags, digests, whole repositories and namespaces. All is planned, shown and asked for once; then
 * there is one operation for each registry, and one that fails holds up no other.
 */
export async function deleteAll(
  context: Context,
  texts: readonly string[],
  flags: DeleteFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const isWhole = flags.repository || texts.some(isNamespace);
  const plans = isWhole
    ? [await planWhole(context, texts, access)]
    : await planNamed(context, texts, flags, access);
  const documents = json ? await Promise.all(plans.map((plan) => documentOf(core, plan))) : [];
  if (flags.plan) {
    if (json) await printJson(joined(documents));
    else await print(plans.flatMap(textOf));
    return;
  }
  const failed = failureOf(plans);
  const isNothing = plans.every(({ items }) => items.total === 0);
  if (isWhole && isNothing)
    throw new CommandFailure(failed ?? { code: 'notFound', message: 'No tags to delete.' });
  if (!flags.yes || !json) report(plans.flatMap(textOf));
  const spared = plans.flatMap(sparedOf);
  if (spared.length > 0 && isNothing)
    throw new CommandFailure({
      code: 'protectedTag',
      message: 'Everything requested is protected: nothing was deleted.',
      reason: spared.map(({ tag }) => tag).join(', '),
    });
  await confirm('Delete?', flags, signal);
  await confirmSideEffects(plans.flatMap(effectsOf), flags, signal);
  const typed = await typedNames(context, plans, flags);
  const done: object[] = [];
  const errors: unknown[] = [];
  for (const [number, plan] of plans.entries()) {
    try {
      const { operationId } = await core.plans.start(plan.id, {
        consent: plan.needsConsent,
        keepContent: flags.keepContent,
        typed: typed.get(plan.id),
        signal,
      });
      await runOperation(context, operationId);
      const document = documents[number];
      if (document) done.push(ran(document, operationId));
      else await print(deletedText(plan));
    } catch (error) {
      if (error instanceof Cancelled || signal.aborted || plans.length === 1) throw error;
      errors.push(error);
    }
  }
  if (json) await printJson(joined(done));
  if (errors.length > 0) throw errors[0];
  if (failed) throw new CommandFailure(failed);
}

/** What is attached goes along; a repository that cannot be planned is left as it is, and makes the command fail at its end. */
async function planWhole(
  context: Context,
  texts: readonly string[],
  access: AccessOverrides,
): Promise<DeleteManyPlan> {
  const { core, signal } = context;
  const { host, ...which } = parseWhole(texts);
  const registry = await context.registry(host, access);
  const planning = core.deletion.planningRepositories(registry, which, { attached: true, signal });
  return (await lastOf(planning, 'plan', lookingAtMany)).plan;
}

/** @throws CommandFailure for what is not there, before anything is deleted */
async function planNamed(
  context: Context,
  texts: readonly string[],
  flags: DeleteFlags,
  access: AccessOverrides,
): Promise<PlannedDeletion[]> {
  const plans: PlannedDeletion[] = [];
  for (const places of Map.groupBy(parseDoomed(texts), ({ host }) => host).values())
    plans.push(await planPlaces(context, places, flags, access));
  const failed = failureOf(plans);
  if (failed) throw new CommandFailure(failed);
  return plans;
}

/** Of one registry. */
async function planPlaces(
  context: Context,
  places: readonly DoomedPlace[],
  { withAttached: attached = false }: DeleteFlags,
  access: AccessOverrides,
): Promise<PlannedDeletion> {
  const { core, signal } = context;
  const [first] = places as readonly [DoomedPlace];
  const { host, repository, digests } = first;
  const registry = await context.registry(host, access, repository);
  if (places.length === 1) {
    const tags = await tagsMeant(context, registry, first);
    const options = { digests, attached, signal };
    const planning = core.deletion.planning(registry, repository, tags, options);
    return (await lastOf(planning, 'plan', lookingText)).plan;
  }
  const doomed = [];
  for (const place of places)
    doomed.push({
      repository: place.repository,
      tags: (await tagsMeant(context, registry, place)).map((tag) => ({ tag })),
      digests: place.digests.map((digest) => ({ digest })),
    });
  const planning = core.deletion.planningMany(registry, doomed, { attached, signal });
  return (await lastOf(planning, 'plan', lookingAtMany)).plan;
}
