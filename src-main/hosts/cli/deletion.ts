import type { DeleteManyPlan, DeletionPlan, DeletionSummary } from '../../common/deletion.ts';
import type { Failure } from '../../common/failure.ts';
import type { Core } from '../../services/index.ts';
import { deletionText, sideEffectsOf } from './deletion-plan.ts';
import { errorDocument } from './failures.ts';
import { counted, shortDigest } from './output.ts';
import { wholeDocument, wholeSideEffects, wholeText } from './whole-plan.ts';

/** Of one repository, or of several repositories of a registry. */
export type PlannedDeletion = DeletionPlan | DeleteManyPlan;

const isMany = (plan: PlannedDeletion): plan is DeleteManyPlan => plan.kind === 'deleteMany';

/** For people, before it is confirmed. */
export const textOf = (plan: PlannedDeletion): string[] =>
  isMany(plan) ? wholeText(plan) : deletionText(plan);

/** What goes beyond what was asked for. */
export const effectsOf = (plan: PlannedDeletion): string[] =>
  isMany(plan) ? wholeSideEffects(plan) : sideEffectsOf([plan]);

export const sparedOf = (plan: PlannedDeletion): DeletionSummary['spared'] =>
  isMany(plan) ? plan.summary.repositories.flatMap(({ spared }) => spared) : plan.summary.spared;

/** Why a repository could not be planned. */
export const failureOf = (plans: readonly PlannedDeletion[]): Failure | undefined =>
  plans
    .filter(isMany)
    .flatMap(({ summary }) => summary.repositories.flatMap(({ failure }) => failure ?? []))[0];

export const documentOf = async (core: Pick<Core, 'plans'>, plan: PlannedDeletion): Promise<object> =>
  isMany(plan) ? await wholeDocument(core, plan) : planDocument(plan);

interface Document {
  readonly repositories?: readonly object[];
}

/** With the id of its operation; of several repositories with each of them as well. */
export function ran({ repositories, ...document }: Document, operation: string): object {
  const each = repositories && { repositories: repositories.map((one) => ({ ...one, operation })) };
  return { ...document, ...each, operation };
}

/** Of several registries their repositories, one after the other. */
export function joined(documents: readonly Document[]): object {
  const [only] = documents;
  if (only && documents.length === 1) return only;
  return { repositories: documents.flatMap((one) => one.repositories ?? [one]) };
}

export function deletedText(plan: PlannedDeletion): string {
  const { host } = plan.subject.place;
  if (!isMany(plan))
    return `Deleted ${namesOf(plan.summary).join(', ')} of ${host}/${plan.subject.place.repository}`;
  const { tags, repositories } = plan.subject;
  const where = counted(repositories.length, 'repository', 'repositories');
  return `Deleted ${counted(tags, 'tag')} of ${where} of ${host}`;
}

/** Tags that went, and digests that had none. */
function namesOf({ asked, alsoRemoved, manifests }: DeletionSummary): string[] {
  const untagged = manifests.filter(({ tags }) => tags.length === 0);
  const others = manifests.flatMap(({ tags }) => tags);
  const tags = [...new Set([...asked, ...alsoRemoved, ...others])];
  return [...tags, ...untagged.map(({ digest }) => `@${shortDigest(digest)}`)];
}

function planDocument({ subject, summary: plan }: DeletionPlan): object {
  const { host, repository } = subject.place;
  return {
    repository: `${host}/${repository}`,
    tagsAlone: plan.tagsAlone,
    manifests: plan.manifests,
    aloneBy: plan.aloneBy,
    alsoRemoved: plan.alsoRemoved,
    attached: plan.attached,
    ...(plan.spared.length > 0 && { spared: plan.spared }),
    blocked: plan.blocked.map(({ tag, failure }) => ({ tag, error: errorDocument(failure) })),
    unseen: plan.unseen,
    unread: plan.unread,
    bytesFreed: plan.bytesFreed,
    bytesInChildren: plan.bytesInChildren,
    bytesAtMost: plan.bytesAtMost,
    inRegistry: plan.inRegistry ?? null,
    garbageCollection: plan.garbageCollection.when,
    refilled: plan.refilled,
  };
}
