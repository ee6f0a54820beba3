import { Random } from '../../../src-main/local-registry/samples/random.ts';
import type { Core, RegistryHandle } from '../../../src-main/services/index.ts';
import { planCleanup } from '../../services/support/plans.ts';
import { mediaTypes } from '../../support/images.ts';
import { push } from '../../support/push.ts';
import { chance } from '../cargo.ts';
import { Violation } from '../stored.ts';
import type { Tally } from '../tally.ts';
import { expectedAfter, type StoredTags } from './model.ts';
import { drawRules, takenBy } from './rules.ts';
import { drawSelections, drawShelf, type Selection, type Shelf } from './shelf.ts';

/** A registry that cases are played at, each in a namespace of its own. */
export interface Stage {
  readonly url: string;
  readonly core: Core;
  readonly registry: RegistryHandle;
  /** Whether anything can be deleted there. */
  readonly deletes: boolean;
  /** Whether it lists referrers. */
  readonly referrers: boolean;
}

const TYPES = [...Object.values(mediaTypes.oci), ...Object.values(mediaTypes.docker)].join(', ');

/**
 * Deletes a random selection of a random registry, compares what is left with what a model says, and undoes it, after which all has to
 * be as it was.
 *
 * @throws {Violation} where it is not
 */
export async function playDeletion(seed: string, stage: Stage, tally: Tally): Promise<void> {
  const random = new Random(`${seed}/play`);
  const shelf = drawShelf(seed, `case-${seed}`, stage);
  const selections = drawSelections(seed, shelf);
  if (selections.length === 0) return;
  const attached = chance(random, 50);
  await fill(stage, shelf);
  const { core, registry } = stage;
  if (chance(random, 30))
    for (const { repository } of selections) {
      const { scanId } = await core.inventory.scan(registry, {
        repository,
        readManifests: true,
        dates: false,
      });
      await core.inventory.finished(scanId);
    }
  const before = await stored(stage, shelf);
  const expected = new Map(before);
  const going = new Map<string, ReadonlySet<string>>();
  for (const selection of stage.deletes ? selections : []) {
    const { repository } = selection;
    const after = expectedAfter(before.get(repository) as StoredTags, shelf, selection, attached);
    expected.set(repository, after);
    going.set(repository, after.going);
  }
  const plan = await planned(stage, selections, attached, chance(random, 50));
  compare(before, await stored(stage, shelf), 'Planning changed something');
  if (!stage.deletes) {
    if (plan) throw new Violation('There is a plan where nothing can be deleted.');
    tally.add('refused');
    return;
  }
  if (!plan) throw new Violation('There is no plan.');
  await run(stage, shelf, plan, { before, expected, tally });
  tally.add(
    'deleted manifests',
    [...going.values()].reduce((sum, { size }) => sum + size, 0),
  );
  tally.add('deletions');
}

/**
 * Cleans up a random registry by random rules, compares what is left with what a model says and with what the plan said of each tag, and
 * undoes it.
 *
 * @throws {Violation}
 */
export async function playCleanup(seed: string, stage: Stage, tally: Tally): Promise<void> {
  const namespace = `rules-${seed}`;
  const shelf = drawShelf(seed, namespace, stage);
  const rules = drawRules(seed, namespace, shelf);
  await fill(stage, shelf);
  const before = await stored(stage, shelf);
  const expected = new Map(before);
  for (const [repository, one] of stage.deletes ? before : []) {
    const tags = [...takenBy(rules, one, shelf)];
    expected.set(repository, expectedAfter(one, shelf, { repository, tags, digests: [] }, true));
  }
  const plan = await planCleanup(stage.core, stage.registry, rules.text, { scope: { namespace } });
  compare(before, await stored(stage, shelf), 'Planning changed something');
  if (!stage.deletes) {
    if (plan.subject.going.tags > 0) throw new Violation('Something would go where nothing can be deleted.');
    tally.add('refused');
    return;
  }
  const stays = plan.lines.filter(({ state }) => state !== 'delete');
  for (const [repository, { tags }] of expected) {
    const kept = stays.filter((line) => line.repository === repository);
    const named = kept.flatMap(({ decided }) => decided.map(({ tag }) => tag));
    const wanted = [...tags.keys()].sort().join(', ');
    if (named.sort().join(', ') !== wanted)
      throw new Violation(`The plan keeps ${named.join(', ')} of ${repository}, the model ${wanted}`);
  }
  tally.add('cleanups');
  if (plan.subject.going.tags > 0) await run(stage, shelf, plan, { before, expected, tally });
}

async function fill(stage: Stage, { placed }: Shelf): Promise<void> {
  for (const { manifest, repository, tags } of placed)
    for (const tag of tags.length > 0 ? tags : [manifest.digest])
      await push(manifest, stage, repository, tag);
}

/** Runs a plan, and undoes it. */
async function run(
  stage: Stage,
  shelf: Shelf,
  plan: { readonly id: string; readonly typed?: string },
  {
    before,
    expected,
    tally,
  }: {
    before: ReadonlyMap<string, StoredTags>;
    expected: ReadonlyMap<string, StoredTags>;
    tally: Tally;
  },
): Promise<void> {
  const { core } = stage;
  const { operationId } = await core.plans.start(plan.id, { consent: true, typed: plan.typed });
  const operation = await core.operations.finished(operationId);
  if (operation.status !== 'done')
    throw new Violation(`It ended as ${operation.status}: ${JSON.stringify(operation.failure)}`);
  compare(expected, await stored(stage, shelf), 'What is left is not what the model says');
  if (operation.actions.undo) {
    const undo = await core.plans.planUndo(operationId);
    const undone = await core.plans.start(undo.id, { consent: true });
    const { status, failure } = await core.operations.finished(undone.operationId);
    if (status !== 'done') throw new Violation(`The undo ended as ${status}: ${JSON.stringify(failure)}`);
    compare(before, await stored(stage, shelf), 'The undo did not bring it all back');
    tally.add('undone');
  } else compare(before, expected, 'It changed something, and cannot be undone');
}

/** One operation, of one repository or of several; undefined where the registry deletes nothing. */
async function planned(
  { core, registry }: Stage,
  selections: readonly Selection[],
  attached: boolean,
  together: boolean,
): Promise<{ id: string; typed?: string } | undefined> {
  const [first] = selections;
  if (first && selections.length === 1 && !together) {
    const { repository, tags, digests } = first;
    try {
      return await core.deletion.planFor(registry, repository, tags, { digests, attached });
    } catch (error) {
      if ((error as { code?: unknown }).code === 'unsupported') return undefined;
      throw error;
    }
  }
  const doomed = selections.map(({ repository, tags, digests }) => ({
    repository,
    tags: tags.map((tag) => ({ tag, reason: 'drawn' })),
    digests: digests.map((digest) => ({ digest })),
  }));
  const plan = await core.deletion.planMany(registry, doomed, { attached });
  const failures = plan.summary.repositories.flatMap(({ failure }) => failure ?? []);
  if (failures.length === 0) return plan;
  if (failures.length < selections.length || failures.some(({ code }) => code !== 'unsupported'))
    throw new Violation(`It could not be planned: ${JSON.stringify(failures)}`);
  return undefined;
}

/** What the registry shows, apart from anything that the product does. */
async function stored({ url }: Stage, shelf: Shelf): Promise<Map<string, StoredTags>> {
  const found = new Map<string, StoredTags>();
  for (const repository of shelf.repositories) {
    const list = await fetch(`${url}/v2/${repository}/tags/list`);
    const names = list.ok ? (((await list.json()) as { tags: string[] | null }).tags ?? []) : [];
    const digestOf = async (reference: string): Promise<string | undefined> => {
      const reply = await fetch(`${url}/v2/${repository}/manifests/${reference}`, {
        method: 'HEAD',
        headers: { accept: TYPES },
      });
      return reply.ok ? (reply.headers.get('docker-content-digest') ?? '') : undefined;
    };
    const tags = new Map<string, string>();
    const known = new Map(
      await Promise.all(
        [...shelf.manifests.keys()].map(async (digest) => [digest, await digestOf(digest)] as const),
      ),
    );
    for (const tag of names.sort()) {
      const digest = await digestOf(tag);
      if (digest !== undefined) tags.set(tag, digest);
    }
    const manifests = [...known].filter(([, digest]) => digest !== undefined).map(([digest]) => digest);
    found.set(repository, { tags, manifests: new Set(manifests) });
  }
  return found;
}

function compare(
  expected: ReadonlyMap<string, StoredTags>,
  actual: ReadonlyMap<string, StoredTags>,
  what: string,
): void {
  const textOf = (one: ReadonlyMap<string, StoredTags>): string[] =>
    [...one].flatMap(([repository, { tags, manifests }]) => [
      ...[...tags].map(([tag, digest]) => `${repository}:${tag} at ${digest}`),
      ...[...manifests].map((digest) => `${repository}@${digest}`),
    ]);
  const [wanted, found] = [new Set(textOf(expected)), new Set(textOf(actual))];
  const missing = [...wanted].filter((line) => !found.has(line));
  const extra = [...found].filter((line) => !wanted.has(line));
  if (missing.length + extra.length > 0)
    throw new Violation(
      `${what}: missing ${missing.join(', ') || 'nothing'}; too many ${extra.join(', ') || 'nothing'}`,
    );
}
