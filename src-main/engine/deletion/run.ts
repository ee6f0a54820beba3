import type { ManifestReader } from '../reading/reader.ts';
import { checkIdentified, type Registry } from '../registry/registry.ts';
import { deleteWhole } from './manifest.ts';
import type { DeleteOutcome, DeleteStep, DeleteWork } from './step.ts';
import { deleteTags } from './tags.ts';

/** Tags of one digest that are deleted together: none is at a placeholder for longer than a hundred take. */
export const TAGS_TOGETHER = 100;

/** Neighbours that are run together: tags of one digest that go in the same way. */
export function groupSteps(steps: readonly DeleteStep[]): DeleteStep[][] {
  const groups: DeleteStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last && last.length < TAGS_TOGETHER && goTogether(last[0], step)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

function goTogether(a: DeleteStep | undefined, b: DeleteStep): boolean {
  if (a?.kind !== 'deleteTag' || b.kind !== 'deleteTag') return false;
  return a.digest === b.digest && a.placeholder === b.placeholder;
}

/**
 * Runs the steps of one group, after looking whether their tags are where the plan saw them, and reads back what became of
 * them: an effect is what is seen afterwards, never a status code. Safe to repeat. What cannot be done for one tag is its
 * outcome and holds up no other.
 *
 * @throws {RegistryError} what ends it before anything was changed, or leaves unknown what was: a registry out of reach, say
 */
export async function runDeleteSteps(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  steps: readonly DeleteStep[],
  work: DeleteWork = {},
): Promise<Map<DeleteStep, DeleteOutcome>> {
  checkIdentified(registry);
  const tags = steps.filter((step) => step.kind === 'deleteTag');
  if (tags.length > 0) return await deleteTags(registry, reader, repository, tags, work);
  const outcomes = new Map<DeleteStep, DeleteOutcome>();
  for (const step of steps)
    if (step.kind === 'deleteManifest')
      outcomes.set(step, await deleteWhole(registry.client, repository, step, work));
  return outcomes;
}
