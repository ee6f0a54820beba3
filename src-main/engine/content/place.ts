import { RegistryError } from '../errors.ts';
import { isDigest } from '../model/digest.ts';
import { readDockerName, readEngineName, readLayoutName } from './image-name.ts';

/** Where images lie outside registries. */
export type ContentPlace =
  | { readonly kind: 'ociLayout' | 'ociArchive' | 'dockerArchive'; readonly path: string }
  /** A container engine, by Docker's API, wherever the environment says that it is. */
  | { readonly kind: 'engine' };

/** An image in such a place, or the place as a whole. */
export interface ContentReference {
  place: ContentPlace;
  /** Empty where a layout's image has a tag only. */
  repository?: string;
  /** Tag or digest. */
  reference?: string;
}

const SCHEMES = {
  oci: 'ociLayout',
  'oci-archive': 'ociArchive',
  'docker-archive': 'dockerArchive',
  'docker-daemon': 'engine',
} as const;

const SCHEME = /^(oci|oci-archive|docker-archive|docker-daemon):(.*)$/s;
/** `C:\folder` is no tag. */
const DRIVE = /^[A-Za-z]:[\\/]/;

/** Whether a text is meant as such a reference, and not as one of a registry. */
export const isContentReference = (text: string): boolean => SCHEME.test(text);

/**
 * Reads `oci:DIR[:NAME|@DIGEST]`, `oci-archive:FILE[:NAME|@DIGEST]`, `docker-archive:FILE[:NAME]` and `docker-daemon:NAME`.
 *
 * @throws {RegistryError} `invalidReference`
 * @see containers-transports(5)
 */
export function parseContentReference(text: string): ContentReference {
  const [, scheme = '', rest = ''] = SCHEME.exec(text) ?? [];
  const kind = SCHEMES[scheme as keyof typeof SCHEMES];
  if (kind === undefined) throw invalid('It names no place that is known.');
  if (kind === 'engine') {
    if (rest === '') return { place: { kind } };
    // An image's ID.
    if (isDigest(rest)) return { place: { kind }, repository: '', reference: rest };
    const { repository, tag } = readEngineName(rest);
    return { place: { kind }, repository, reference: tag };
  }
  const at = rest.lastIndexOf('@');
  const digest = at > 0 && isDigest(rest.slice(at + 1)) ? rest.slice(at + 1) : undefined;
  const named = digest === undefined ? rest : rest.slice(0, at);
  const colon = named.indexOf(':', DRIVE.test(named) ? 2 : 0);
  const path = colon < 0 ? named : named.slice(0, colon);
  const name = colon < 0 ? '' : named.slice(colon + 1);
  if (path === '') throw invalid('The path is missing.');
  if (digest !== undefined && name !== '') throw invalid('A tag or a digest is named, and not both.');
  const place = { kind, path } as const;
  if (digest !== undefined) return { place, repository: '', reference: digest };
  return name === '' ? { place } : { place, ...nameIn(kind, name) };
}

function nameIn(kind: ContentPlace['kind'], text: string): { repository: string; reference: string } {
  const { repository, tag } = kind === 'dockerArchive' ? readDockerName(text) : readLayoutName(text);
  return { repository, reference: tag };
}

/** As {@link parseContentReference} reads it. */
export function formatContentReference({ place, repository = '', reference }: ContentReference): string {
  const scheme = Object.entries(SCHEMES).find(([, kind]) => kind === place.kind)?.[0] ?? '';
  const start = `${scheme}:${place.kind === 'engine' ? '' : place.path}`;
  if (reference === undefined) return start;
  const name = repository === '' ? reference : `${repository}:${reference}`;
  if (place.kind === 'engine') return `${start}${name}`;
  return isDigest(reference) ? `${start}@${reference}` : `${start}:${name}`;
}

function invalid(reason: string): RegistryError {
  return new RegistryError('invalidReference', '', { reason });
}
