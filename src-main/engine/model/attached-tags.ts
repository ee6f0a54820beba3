import { ATTACHED_TAG } from '../vocabulary/attached.ts';
import { checkDigest } from './digest.ts';

/** Characters of a digest's hex that are part of such a tag: all of a sha256, half of a sha512. */
const TAGGED_HEX = 64;

/** What cosign appends to the digest of what it signs, before it learned of referrers. */
const COSIGN_SUFFIXES = ['sig', 'att', 'sbom'] as const;

/**
 * The tag under which referrers are listed where the registry has no API for them.
 *
 * @see OCI distribution-spec 1.1, "Referrers Tag Schema"
 */
export function referrersTag(digest: string): string {
  const [algorithm = '', hex = ''] = checkDigest(digest).split(':');
  return `${algorithm}-${hex.slice(0, TAGGED_HEX)}`;
}

/** The tags under which cosign attaches what it made of a manifest, with the artifact type of each. */
export function cosignTags(digest: string): { tag: string; artifactType: string }[] {
  return COSIGN_SUFFIXES.map((suffix) => ({
    tag: `${referrersTag(digest)}.${suffix}`,
    artifactType: `application/vnd.dev.cosign.artifact.${suffix}.v1+json`,
  }));
}

const WHOLE_DIGEST = /^sha256-([0-9a-f]{64})(?:$|[.])/;

/** The digest that a tag is named after; undefined where it is none, or does not have all of it. */
export function subjectOfTag(tag: string): string | undefined {
  const [, hex] = WHOLE_DIGEST.exec(tag) ?? [];
  return hex === undefined || !isAttachedTag(tag) ? undefined : `sha256:${hex}`;
}

/** Whether a tag is named as the list of a manifest's referrers: the index behind it lists them and does not contain them. */
export function isReferrersTag(tag: string): boolean {
  return ATTACHED_TAG.test(tag) && !tag.includes('.');
}

/** Whether a tag is named as something attached to a manifest: the list of its referrers, or what cosign made of it. */
export function isAttachedTag(tag: string): boolean {
  return ATTACHED_TAG.test(tag);
}
