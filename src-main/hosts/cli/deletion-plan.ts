import type { DeletionPlan, DeletionSummary, PlannedRepository } from '../../common/deletion.ts';
import type { FreedBytes } from '../../common/storage.ts';
import { confirm, isInteractive } from './ask.ts';
import { CommandFailure, reasonOf } from './failures.ts';
import { bytesText, counted, shortDigest } from './output.ts';
import type { NameFlags } from './typed-name.ts';

/** Names in one line. */
const NAMED = 8;

export interface DeleteFlags extends NameFlags {
  /** What is attached to what goes is deleted with it. */
  readonly withAttached?: boolean;
  /** Whole repositories are meant. */
  readonly repository?: boolean;
  /** The second consent: tags and indexes that were not asked for may go or break. */
  readonly acceptSideEffects?: boolean;
  /** What goes is kept whole; else as the settings say. */
  readonly keepContent?: boolean;
}

/**
 * Asks once more where plans take more than was asked for. `--yes` answers the first question only.
 *
 * @param effects what of it, a sentence for each repository
 * @throws Cancelled; CommandFailure `consentNeeded`
 */
export async function confirmSideEffects(
  effects: readonly string[],
  { yes, acceptSideEffects }: DeleteFlags,
  signal: AbortSignal,
): Promise<void> {
  if (effects.length === 0 || acceptSideEffects) return;
  const reason = effects.join('. ');
  if (yes || !isInteractive()) {
    throw new CommandFailure({
      code: 'consentNeeded',
      message: 'This deletes or breaks more than was asked for: add --accept-side-effects to agree.',
      reason,
    });
  }
  await confirm(`${reason}. Do it all the same?`, {}, signal);
}

/** What plans take beyond what was asked for, by repository. */
export function sideEffectsOf(plans: readonly DeletionPlan[]): string[] {
  return plans
    .filter(({ needsConsent }) => needsConsent)
    .map(({ subject, summary }) => {
      const broken = summary.manifests.flatMap(({ indexes }) => indexes);
      return `${subject.place.repository}: ${sideEffects({ ...summary, broken })}`;
    });
}

/** What goes or breaks of one repository that was not asked for. */
export function sideEffects({
  alsoRemoved,
  attached,
  broken,
  unseen,
  unread,
}: Pick<PlannedRepository, 'alsoRemoved' | 'attached' | 'broken' | 'unseen' | 'unread'>): string {
  const indexes = broken.map(({ digest, tags }) => named(digest, tags));
  return [
    ...(alsoRemoved.length > 0 ? [`Tags that go too: ${alsoRemoved.join(', ')}`] : []),
    ...(unseen.length > 0
      ? [`Tags that could not be read and may be deleted too: ${unseen.join(', ')}`]
      : []),
    ...(attached.byRegistry && attached.manifests > 0
      ? [`Attached, which this registry deletes along: ${attachedText(attached)}`]
      : []),
    ...(unread.length > 0
      ? [`Tags that may break, since what they hold could not be read: ${unread.join(', ')}`]
      : []),
    ...(indexes.length > 0 ? [`Indexes that break: ${[...new Set(indexes)].join(', ')}`] : []),
  ].join('. ');
}

/** When bytes are free. */
export const COLLECTED: Readonly<Record<DeletionSummary['garbageCollection']['when'], string>> = {
  offline: 'after its administrator runs garbage collection',
  online: 'after its next garbage collection',
  automatic: 'soon, by itself',
  unknown: 'after its garbage collection, if it has one',
};

/** For people, before it is confirmed. */
export function deletionText({ subject: { place }, summary: plan }: DeletionPlan): string[] {
  const lines = [`Delete from ${place.host}/${place.repository}`];
  for (const { tag, digest, siblings } of plan.tagsAlone) {
    const rest =
      siblings.length > 0 ? `its manifest stays, under ${firstOf(siblings)}` : 'its manifest stays';
    lines.push(`  tag ${tag} alone (${shortDigest(digest)}): ${rest}`);
  }
  if (plan.aloneBy === 'placeholder' && plan.tagsAlone.length > 0)
    lines.push(
      '  (deletes by digest only: a placeholder is put under each tag and deleted by its own digest)',
    );
  for (const { digest, tags, indexes, referrers } of plan.manifests) {
    lines.push(`  manifest ${named(digest, tags)}`);
    for (const index of indexes)
      lines.push(`    part of the index ${named(index.digest, index.tags)}, which breaks`);
    for (const referrer of referrers) {
      lines.push(`    ${shortDigest(referrer.digest)} (${referrer.artifactType}) is attached to it`);
    }
  }
  const { taken, byRegistry, manifests, tags } = plan.attached;
  if (manifests + tags.length > 0) {
    const about = attachedText(plan.attached);
    if (!taken) lines.push(`  --with-attached deletes as well: ${about}`);
    if (byRegistry) lines.push(`  this registry deletes along with it: ${about}`);
  }
  for (const { tag, failure } of plan.blocked) lines.push(`  tag ${tag} stays: ${reasonOf(failure)}`);
  for (const one of plan.spared) lines.push(`  ${sparedText(one)}`);
  if (plan.unseen.length > 0 && plan.manifests.length > 0)
    lines.push(`  could not be read and may be deleted too: ${firstOf(plan.unseen)}`);
  if (plan.unread.length > 0 && plan.manifests.length > 0)
    lines.push(`  contents unknown, may hold some of what goes: ${firstOf(plan.unread)}`);
  if (plan.alsoRemoved.length > 0)
    lines.push(`  NOT ASKED FOR, but gone too: ${plan.alsoRemoved.join(', ')}`);
  const bound = plan.bytesAtMost ? 'up to ' : '';
  lines.push(
    `  frees ${bound}${bytesText(plan.bytesFreed)} on the registry, ${COLLECTED[plan.garbageCollection.when]}`,
  );
  if (plan.garbageCollection.when !== 'automatic') lines.push(`    how: wharfinger gc ${place.host}`);
  if (plan.inRegistry) lines.push(`    ${inRegistryText(plan.inRegistry)}`);
  if (plan.bytesInChildren > 0) {
    const more = `and ${bound}${bytesText(plan.bytesInChildren)} more of the indexes' untagged images`;
    lines.push(`    ${more}, if it also collects untagged manifests`);
  }
  const untagged = new Set(plan.manifests.flatMap((manifest) => manifest.untagged)).size;
  if (untagged > 0) lines.push(`  leaves ${counted(untagged, 'image')} of deleted indexes without a tag`);
  if (plan.countsPulls)
    lines.push(
      '  each manifest is read once before, so that undo can put it back; the registry counts that as a pull',
    );
  if (plan.refilled)
    lines.push(
      '  a cache of another registry: tags that are there too are listed again, and come back when pulled',
    );
  return lines;
}

export function sparedText({ tag, along, immutable }: DeletionSummary['spared'][number]): string {
  if (immutable) return `${tag} stays: a rule of the registry makes it immutable`;
  if (along.length === 0) return `${tag} stays: it is protected`;
  return `${tag} stays: deleting it would take along, or break, ${firstOf(along)}`;
}

/** What becomes free over all repositories. */
export function inRegistryText({ bytes, atMost, stillHeld }: FreedBytes): string {
  const held =
    stillHeld.elsewhere > 0 ? `; other repositories hold ${bytesText(stillHeld.elsewhere)} of it` : '';
  return `in the whole registry ${atMost ? 'up to ' : ''}${bytesText(bytes)}${held}`;
}

export function attachedText({ manifests, tags }: DeletionSummary['attached']): string {
  return [
    ...(manifests > 0 ? [`${manifests} attached`] : []),
    ...(tags.length > 0 ? [`tags ${firstOf(tags)}`] : []),
  ].join(', ');
}

/** Names, the first eight of them: a line of a thousand says no more. */
function firstOf(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, NAMED), names.length - NAMED];
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function named(digest: string, tags: readonly string[]): string {
  return `${shortDigest(digest)}${tags.length > 0 ? ` (${tags.join(', ')})` : ''}`;
}
