import type { ManifestReader } from '../reading/reader.ts';
import { checkIdentified, type Registry } from '../registry/registry.ts';
import { deleteManifests } from './manifests.ts';
import type { DeleteOutcome, DeleteStep, DeleteWork } from './step.ts';
import { TagWatch } from './tag-watch.ts';
import { deleteTags } from './tags.ts';

/** Tags of one digest that are deleted together: none is at a placeholder for longer than a hundred take. */
export const TAGS_TOGETHER = 100;
/** Manifests that are deleted together: so many are not yet read back when something goes wrong. */
const MANIFESTS_TOGETHER = 50;

/** Neighbours that are run together: tags of one digest that go in the same way, and manifests. */
export function groupSteps<Step extends DeleteStep>(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0] && last.length < roomFor(step) && goTogether(last[0], step)) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

const roomFor = ({ kind }: DeleteStep): number => (kind === 'deleteTag' ? TAGS_TOGETHER : MANIFESTS_TOGETHER);

function goTogether(a: DeleteStep, b: DeleteStep): boolean {
  if (a.kind !== 'deleteTag' || b.kind !== 'deleteTag') return a.kind === b.kind;
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
  if (tags.length > 0) {
    work.watch?.deleting(tags.map(({ tag }) => tag));
    return await deleteTags(registry, reader, repository, tags, work);
  }
  const manifests = steps.filter((step) => step.kind === 'deleteManifest');
  const watch = work.watch ?? new TagWatch(registry.client, reader, repository);
  return await deleteManifests(registry.client, repository, manifests, watch, work);
}
