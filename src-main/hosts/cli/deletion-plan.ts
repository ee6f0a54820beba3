import type { DeletionPlan, DeletionSummary } from '../../common/deletion.ts';
import { type ChangeFlags, confirm, isInteractive } from './ask.ts';
import { CommandFailure, reasonOf } from './failures.ts';
import { bytesText, shortDigest } from './output.ts';

/** Names in one line. */
const NAMED = 8;

export interface DeleteFlags extends ChangeFlags {
  /** What is attached to what goes is deleted with it. */
  readonly withAttached?: boolean;
  /** The second consent: tags and indexes that were not asked for may go or break. */
  readonly acceptSideEffects?: boolean;
}

/**
 * Asks once more where plans take more than was asked for. `--yes` answers the first question only.
 *
 * @throws Cancelled; CommandFailure `consentNeeded`
 */
export async function confirmSideEffects(
  plans: readonly DeletionPlan[],
  { yes, acceptSideEffects }: DeleteFlags,
  signal: AbortSignal,
): Promise<void> {
  const consented = plans.filter(({ needsConsent }) => needsConsent);
  if (consented.length === 0 || acceptSideEffects) return;
  const effects = consented
    .map((plan) => `${plan.subject.place.repository}: ${sideEffects(plan.summary)}`)
    .join('. ');
  if (yes || !isInteractive()) {
    throw new CommandFailure({
      code: 'consentNeeded',
      message: 'This deletes or breaks more than was asked for: add --accept-side-effects to agree.',
      reason: effects,
    });
  }
  await confirm(`${effects}. Do it all the same?`, {}, signal);
}

function sideEffects({ alsoRemoved, attached, manifests, unseen, unread }: DeletionSummary): string {
  const broken = manifests.flatMap(({ indexes }) => indexes).map(({ digest, tags }) => named(digest, tags));
  return [
    ...(alsoRemoved.length > 0 ? [`Tags that go too: ${alsoRemoved.join(', ')}`] : []),
    ...(unseen.length > 0 ? [`Tags that could not be looked at and may go too: ${unseen.join(', ')}`] : []),
    ...(attached.byRegistry && attached.manifests > 0
      ? [`Attached, which this registry deletes along: ${attachedText(attached)}`]
      : []),
    ...(unread.length > 0
      ? [`Tags that may break, since what they hold could not be read: ${unread.join(', ')}`]
      : []),
    ...(broken.length > 0 ? [`Indexes that break: ${[...new Set(broken)].join(', ')}`] : []),
  ].join('. ');
}

const COLLECTED: Readonly<Record<DeletionSummary['garbageCollection'], string>> = {
  offline: 'once its garbage collection was run by hand',
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
  if (plan.unseen.length > 0 && plan.manifests.length > 0)
    lines.push(`  could not be looked at, and may be on what goes: ${firstOf(plan.unseen)}`);
  if (plan.unread.length > 0 && plan.manifests.length > 0)
    lines.push(`  contents unknown, may hold some of what goes: ${firstOf(plan.unread)}`);
  if (plan.alsoRemoved.length > 0)
    lines.push(`  NOT ASKED FOR, but gone too: ${plan.alsoRemoved.join(', ')}`);
  const bound = plan.bytesAtMost ? 'up to ' : '';
  lines.push(
    `  frees ${bound}${bytesText(plan.bytesFreed)} on the registry, ${COLLECTED[plan.garbageCollection]}`,
  );
  if (plan.bytesInChildren > 0) {
    const more = `and ${bound}${bytesText(plan.bytesInChildren)} more of the indexes' untagged images`;
    lines.push(`    ${more}, if it also collects untagged manifests`);
  }
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

function attachedText({ manifests, tags }: DeletionSummary['attached']): string {
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
