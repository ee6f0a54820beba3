import type { TFunction } from 'i18next';
import { type DeleteEntry, inUseKey, type KeepEntry } from '../../src-main/common/cleanup.ts';
import type { CleanupWhy } from '../../src-main/common/cleanup-run.ts';
import { shortDigest } from '../ui/format.ts';

/** One or several, as they are typed: names hold no spaces. */
export function listText(list: string | readonly string[] | undefined): string {
  return list === undefined ? '' : typeof list === 'string' ? list : list.join(' ');
}

/** The other way. */
export function readList(text: string): string[] {
  return text.split(/\s+/).filter((each) => each !== '');
}

/** The conditions of an entry, in one line. */
export function entryText(t: TFunction, entry: KeepEntry | DeleteEntry): string {
  const { tags, regex, olderThan, youngerThan, by = 'created' } = entry;
  const date = t(`cleanup.dates.${by}`);
  const parts: string[] = [];
  if (tags !== undefined) parts.push(t('cleanup.conditions.tags', { patterns: listText(tags) }));
  if (regex !== undefined) parts.push(t('cleanup.conditions.regex', { regex }));
  if ('newest' in entry && entry.newest !== undefined)
    parts.push(t('cleanup.conditions.newest', { count: entry.newest, date }));
  if ('semver' in entry && entry.semver?.perMinor !== undefined)
    parts.push(t('cleanup.conditions.perMinor', { count: entry.semver.perMinor }));
  if ('semver' in entry && entry.semver?.perMajor !== undefined)
    parts.push(t('cleanup.conditions.perMajor', { count: entry.semver.perMajor }));
  if ('inUse' in entry && entry.inUse !== undefined) {
    const sources = Array.isArray(entry.inUse) ? entry.inUse : [entry.inUse];
    parts.push(t('cleanup.conditions.inUse', { sources: sources.map(inUseKey).join(', ') }));
  }
  if ('untagged' in entry && entry.untagged) parts.push(t('cleanup.conditions.untagged'));
  if ('staleReferrers' in entry && entry.staleReferrers) parts.push(t('cleanup.conditions.staleReferrers'));
  if (olderThan !== undefined) parts.push(t('cleanup.conditions.olderThan', { age: olderThan, date }));
  if (youngerThan !== undefined) parts.push(t('cleanup.conditions.youngerThan', { age: youngerThan, date }));
  return parts.join(t('cleanup.conditions.and'));
}

/** Why a tag stays or goes, in one line. */
export function whyText(
  t: TFunction,
  { reason, rule, entry = '', missing, with: other = '' }: CleanupWhy,
): string {
  const by = rule === undefined ? entry : t('cleanup.entryOf', { entry, rule });
  const name = other.includes(':') ? shortDigest(other) : other;
  switch (reason) {
    case 'unmatched':
      return t('cleanup.why.unmatched');
    case 'unknown':
      return t('cleanup.why.unknown', { by, fact: t(`cleanup.facts.${missing ?? 'contents'}`) });
    case 'needed':
      return t('cleanup.why.needed', { by, name });
    case 'attached':
      return t('cleanup.why.attached', { name });
    default:
      return by;
  }
}

/** How often rules run by themselves, in hours. */
export function scheduleText(t: TFunction, hours: number): string {
  return hours % 24 === 0
    ? t('cleanup.everyDays', { count: hours / 24 })
    : t('cleanup.everyHours', { count: hours });
}
