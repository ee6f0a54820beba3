import type { DeleteManyPlan, PlannedRepository } from '../../common/deletion.ts';
import type { PlanItem } from '../../common/plan.ts';
import type { Core } from '../../services/index.ts';
import { attachedText, COLLECTED, inRegistryText, sideEffects, sparedText } from './deletion-plan.ts';
import { errorDocument, reasonOf } from './failures.ts';
import { bytesText, counted } from './output.ts';

/** Lines of a plan read at a time. */
const PAGE = 1_000;

/** For people, before it is confirmed: a line for each repository. */
export function wholeText({ subject, summary }: DeleteManyPlan): string[] {
  const { repositories, inRegistry, garbageCollection, countsPulls } = summary;
  const lines = [`Delete from ${subject.place.host}`];
  for (const one of repositories) lines.push(...repositoryText(one));
  const bytes = repositories.reduce((sum, one) => sum + one.bytesFreed, 0);
  const more = repositories.reduce((sum, one) => sum + one.bytesInChildren, 0);
  const upTo = repositories.some(({ bytesAtMost }) => bytesAtMost) ? 'up to ' : '';
  const what = `${counted(subject.tags, 'tag')} and ${counted(subject.manifests, 'manifest')}`;
  lines.push(
    `  in all ${what}: no tag of their repositories holds ${upTo}${bytesText(bytes + more)} of it any more`,
  );
  if (inRegistry) lines.push(`    ${inRegistryText(inRegistry)}`);
  lines.push(`  free on the registry ${COLLECTED[garbageCollection.when]}`);
  if (countsPulls)
    lines.push(
      '  each manifest is read once before, so that undo can put it back; the registry counts that as a pull',
    );
  return lines;
}

function repositoryText(one: PlannedRepository): string[] {
  const { repository, failure, tags, manifests, attached, untagged } = one;
  if (failure) return [`  ${repository} stays: ${reasonOf(failure)}`];
  const lines = [`  ${repository}: ${counted(tags, 'tag')}, ${counted(manifests, 'manifest')}`];
  if (attached.manifests + attached.tags.length > 0)
    lines.push(`    attached, ${attached.taken ? 'goes as well' : 'stays'}: ${attachedText(attached)}`);
  if (untagged > 0) lines.push(`    leaves ${counted(untagged, 'image')} of deleted indexes without a tag`);
  for (const { tag, failure: why } of one.blocked) lines.push(`    tag ${tag} stays: ${reasonOf(why)}`);
  for (const stays of one.spared) lines.push(`    ${sparedText(stays)}`);
  const effects = sideEffects(one);
  if (one.needsConsent && effects !== '') lines.push(`    NOT ASKED FOR: ${effects}`);
  return lines;
}

/** What goes beyond what was asked for. */
export function wholeSideEffects({ summary }: DeleteManyPlan): string[] {
  return summary.repositories
    .filter(({ needsConsent }) => needsConsent)
    .map((one) => `${one.repository}: ${sideEffects(one)}`);
}

/** As JSON: by repository what goes, from the plan's lines. */
export async function wholeDocument({ plans }: Pick<Core, 'plans'>, plan: DeleteManyPlan): Promise<object> {
  const { subject, summary } = plan;
  const { host } = subject.place;
  const lines = new Map<string, PlanItem[]>();
  for (let offset = 0; offset < plan.items.total; offset += PAGE)
    for (const item of plans.items(plan.id, { offset, limit: PAGE }).items) {
      const repository = String(item.repository);
      lines.set(repository, [...(lines.get(repository) ?? []), item]);
    }
  return {
    registry: host,
    repositories: summary.repositories.map(({ repository, failure, blocked, ...one }) => {
      const { tag = [], manifest = [] } = Object.groupBy(lines.get(repository) ?? [], ({ state }) => state);
      return {
        repository: `${host}/${repository}`,
        ...(failure && { error: errorDocument(failure) }),
        manifests: manifest.map(({ digest, tags }) => ({ digest, tags })),
        tagsAlone: tag.map(({ tag: name, digest, siblings = [] }) => ({ tag: name, digest, siblings })),
        alsoRemoved: one.alsoRemoved,
        broken: one.broken,
        attached: one.attached,
        ...(one.spared.length > 0 && { spared: one.spared }),
        blocked: blocked.map(({ tag: name, failure: why }) => ({ tag: name, error: errorDocument(why) })),
        unseen: one.unseen,
        unread: one.unread,
        bytesFreed: one.bytesFreed,
        bytesInChildren: one.bytesInChildren,
        bytesAtMost: one.bytesAtMost,
        refilled: one.refilled,
      };
    }),
    inRegistry: summary.inRegistry ?? null,
    garbageCollection: summary.garbageCollection.when,
  };
}
