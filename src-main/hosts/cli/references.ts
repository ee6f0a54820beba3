import { parseReference, type Reference } from '../../engine/index.ts';
import { UsageError } from './failures.ts';

/** `HOST/REPOSITORY`, with neither tag nor digest. */
export function parseRepository(text: string): { host: string; repository: string } {
  const { host, repository, tag, digest } = parseReference(text);
  if (tag !== undefined || digest !== undefined) {
    throw new UsageError(`"${text}" names an image: give the repository alone.`);
  }
  return { host, repository };
}

/** A reference that names one manifest. No tag is made up: `latest` may be the one nobody meant. */
export function parseManifestReference(text: string): Reference & { reference: string } {
  const parsed = parseReference(text);
  const reference = parsed.digest ?? parsed.tag;
  if (reference === undefined) throw new UsageError(`"${text}" names a repository: add a :tag or a @digest.`);
  return { ...parsed, reference };
}

/** A reference whose tag is meant; a digest names what is immutable. */
export function parseTagReference(text: string): Reference & { tag: string } {
  const parsed = parseReference(text);
  if (parsed.tag === undefined || parsed.digest !== undefined) {
    throw new UsageError(`"${text}" does not name a tag: give HOST/REPOSITORY:TAG.`);
  }
  return { ...parsed, tag: parsed.tag };
}
