import {
  type CleanupItem,
  type CleanupPlan,
  type CleanupWhy,
  cleanupItem,
} from '../../common/cleanup-run.ts';
import type { Core } from '../../services/index.ts';
import { COLLECTED } from './deletion-plan.ts';
import { reasonOf } from './failures.ts';
import { bytesText, counted, shortDigest } from './output.ts';

/** Lines of a plan asked for at a time. */
const PAGE = 1_000;

/** The lines of a plan, in their order. */
export function* itemsOf({ plans }: Core, { id }: CleanupPlan): Generator<CleanupItem, void, void> {
  for (let offset = 0; ; offset += PAGE) {
    const { items, total } = plans.items(id, { offset, limit: PAGE });
    for (const item of items) yield cleanupItem.parse(item);
    if (offset + PAGE >= total) return;
  }
}

/** For programs. */
export function cleanupDocument({ subject, summary }: CleanupPlan, items: readonly CleanupItem[]): object {
  const going = items.filter(({ state, alone }) => state === 'delete' && !alone);
  return {
    registry: subject.place.host,
    rules: summary.rules,
    tags: items.flatMap(({ repository, digest, state, decided }) =>
      decided.map(({ tag, ...why }) => ({
        repository,
        tag,
        digest,
        keep: state !== 'delete',
        ...whyDocument(why, state),
      })),
    ),
    manifests: going.map(({ repository, digest, decided, why }) => ({
      repository,
      digest,
      tags: decided.map(({ tag }) => tag),
      ...whyDocument(why ?? decided[0] ?? { reason: 'attached' }, 'delete'),
    })),
    bytesFreed: summary.bytesFreed,
    bytesInChildren: summary.bytesInChildren,
    bytesAtMost: summary.bytesAtMost,
    emptied: summary.emptied,
    unlooked: summary.unlooked.map(({ repository, failure }) => ({ repository, reason: reasonOf(failure) })),
    sideEffects: summary.sideEffects,
  };
}

/** The rule that decided and its entry; null where none did. Why a line stays that rules would take is its reason. */
function whyDocument({ rule, entry, reason }: CleanupWhy, state: CleanupItem['state']): object {
  const stays = state !== 'delete' && state !== 'keep';
  return { rule: rule ?? null, entry: entry ?? null, reason: stays ? state : reason };
}

const REASONS: Readonly<Record<CleanupWhy['reason'], string>> = {
  protected: 'protected',
  kept: 'kept',
  deleted: '',
  unmatched: 'no rule',
  unknown: 'stays, unknown',
  needed: 'needed by',
  attached: 'goes or stays with',
};

/** For people. @param kept what stays is listed as well */
export function cleanupText(
  { subject, summary }: CleanupPlan,
  items: readonly CleanupItem[],
  { kept }: { kept: boolean },
): string[] {
  const lines = [`Clean up ${subject.place.host} by ${subject.rules.name}`];
  let last: string | undefined;
  for (const item of items) {
    if (!kept && item.state === 'keep') continue;
    if (item.repository !== last) lines.push(`  ${item.repository}`);
    last = item.repository;
    lines.push(...linesOf(item));
  }
  const { tags } = summary;
  const others = (tags.spared ?? 0) + (tags.moved ?? 0) + (tags.unseen ?? 0);
  lines.push(
    `  ${counted(tags.delete ?? 0, 'tag')} go, ${(tags.keep ?? 0) + others} stay, in ${counted(summary.repositories, 'repository', 'repositories')}`,
  );
  for (const { repository, failure } of summary.unlooked)
    lines.push(`  ${repository} stays as it is: ${reasonOf(failure)}`);
  const bound = summary.bytesAtMost ? 'up to ' : '';
  lines.push(
    `  frees ${bound}${bytesText(summary.bytesFreed)} on the registry, ${COLLECTED[summary.garbageCollection.when]}`,
  );
  if (summary.bytesInChildren > 0)
    lines.push(
      `    and ${bound}${bytesText(summary.bytesInChildren)} more that only manifests without a tag hold, if it also collects these`,
    );
  if (summary.refilled.length > 0)
    lines.push(`  caches of another registry, which pulls fill again: ${summary.refilled.join(', ')}`);
  return lines;
}

function linesOf({ state, digest, decided, why, along = [], immutable, failure }: CleanupItem): string[] {
  const verb = state === 'delete' ? 'delete' : 'keep  ';
  const at = digest === null ? '' : ` (${shortDigest(digest)})`;
  const stays =
    state === 'spared'
      ? immutable
        ? ': a rule of the registry makes it immutable'
        : `: deleting it would take along ${along.length > 0 ? along.join(', ') : 'what is protected'}`
      : state === 'moved'
        ? ': it moved while this was planned'
        : state === 'unseen'
          ? `: ${failure ? reasonOf(failure) : 'unknown reason'}`
          : undefined;
  if (decided.length === 0)
    return [`    ${verb} ${shortDigest(digest ?? '')}${whyText(why ?? { reason: 'attached' })}`];
  return decided.map(({ tag, ...own }) => `    ${verb} ${tag}${at}${stays ?? whyText(own)}`);
}

/** `: team: old pull requests` */
function whyText({ reason, rule, entry, missing, with: other }: CleanupWhy): string {
  const by = [rule, entry].filter((name) => name !== undefined).join(': ');
  const because = [REASONS[reason], missing, other].filter((part) => part !== undefined && part !== '');
  return `: ${[by, because.join(' ')].filter((part) => part !== '').join(', ')}`;
}

/** What may go or break that no rule names, by repository. */
export function sideEffectsText({ summary: { sideEffects } }: CleanupPlan): string[] {
  return sideEffects.map(({ repository, alsoRemoved, unseen, unread, indexes }) => {
    const parts = [
      ...(alsoRemoved.length > 0 ? [`tags that go too: ${alsoRemoved.join(', ')}`] : []),
      ...(unseen.length > 0
        ? [`tags that could not be read and may be deleted too: ${unseen.join(', ')}`]
        : []),
      ...(unread.length > 0
        ? [`tags that may break, for what they hold could not be read: ${unread.join(', ')}`]
        : []),
      ...(indexes.length > 0 ? [`indexes that break: ${indexes.map(shortDigest).join(', ')}`] : []),
    ];
    return `${repository}: ${parts.join('; ')}`;
  });
}
