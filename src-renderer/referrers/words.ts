import type { TFunction } from 'i18next';
import type { Image } from '../../src-main/common/image.ts';
import type { AttachedDocument, Referrer } from '../../src-main/common/referrers.ts';
import { formatPlatform, shortDigest } from '../ui/format.ts';

/** What an attached manifest is, with the formats of what it holds: `Signature · Cosign`. */
export function referrerTitle(t: TFunction, { kind, documents }: Referrer): string {
  const topics = new Set(documents.map(({ topic }) => topic).filter((topic) => topic !== 'other'));
  const formats = new Set(documents.flatMap(({ format }) => format ?? []));
  const named = topics.size > 1 ? [...topics].map((topic) => t(`referrers.topics.${topic}`)) : [...formats];
  return [t(`referrers.kinds.${kind}`), ...named].join(' · ');
}

export function documentTitle(
  t: TFunction,
  { topic, format, title, predicateType }: AttachedDocument,
): string {
  if (topic === 'other')
    return title ?? t(predicateType === undefined ? 'referrers.topics.other' : 'referrers.statement');
  return [t(`referrers.topics.${topic}`), ...(format === undefined ? [] : [format])].join(' · ');
}

/** A file name for a document: its own, else one that says what it is. */
export function documentName({ title, topic, digest, mediaType }: AttachedDocument): string {
  if (title !== undefined) return title;
  const ending = /\bjson$/.test(mediaType) ? '.json' : /\bxml$/.test(mediaType) ? '.xml' : '';
  return `${topic}-${digest.replace(/^\w+:/, '').slice(0, 12)}${ending}`;
}

/** What something is attached to, seen from the image that is shown. */
export function subjectName(t: TFunction, subject: string, root: Image, shown: Image): string {
  if (subject === root.digest)
    return t(root.content.kind === 'index' ? 'referrers.toIndex' : 'referrers.toImage');
  if (subject === shown.digest) return t('referrers.toPlatform');
  const entries = root.content.kind === 'index' ? root.content.entries : [];
  const platform = entries.find(({ digest }) => digest === subject)?.platform;
  return platform ? formatPlatform(platform) : shortDigest(subject);
}

/** Whether a document says what it speaks of, and that is something else. */
export function speaksOfAnother({ subjects }: AttachedDocument, subject: string): boolean {
  const digests = subjects.flatMap(({ digest }) => digest ?? []);
  return digests.length > 0 && !digests.includes(subject);
}
