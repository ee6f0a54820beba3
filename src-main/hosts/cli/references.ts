import { resolve } from 'node:path';
import {
  type ContentReference,
  isContentReference,
  parseContentReference,
  parseReference,
  type Reference,
} from '../../engine/index.ts';
import { UsageError } from './failures.ts';

/** `HOST/REPOSITORY`, with neither tag nor digest. */
export function parseRepository(text: string): { host: string; repository: string } {
  const { host, repository, tag, digest } = parseReference(text);
  if (tag !== undefined || digest !== undefined) {
    throw new UsageError(`"${text}" names an image: give the repository alone.`);
  }
  return { host, repository };
}

/** A reference that names one manifest. No tag is made up: `latest` is rarely what was meant. */
export function parseManifestReference(text: string): Reference & { reference: string } {
  const parsed = parseReference(text);
  const reference = parsed.digest ?? parsed.tag;
  if (reference === undefined) throw new UsageError(`"${text}" names a repository: add a :tag or a @digest.`);
  return { ...parsed, reference };
}

/**
 * A reference of a place outside registries (`oci:DIR:TAG`), its path from the root; undefined for one of a registry.
 *
 * @throws RegistryError `invalidReference`
 */
export function readContentReference(text: string): ContentReference | undefined {
  if (!isContentReference(text)) return undefined;
  const { place, ...named } = parseContentReference(text);
  return { place: place.kind === 'engine' ? place : { ...place, path: resolve(place.path) }, ...named };
}
