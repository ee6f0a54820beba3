import type { ContentPlace, EngineImage, ImageName } from '../../src-main/common/content.ts';
import { isRepositoryName } from '../repositories/name.ts';

/** An image outside registries that can be pushed. */
export interface LocalImage {
  /** Its name as its place writes it, or its digest. */
  id: string;
  place: ContentPlace;
  /** As the place calls it: the source of the copy. */
  repository: string;
  /** Tag or digest. */
  reference: string;
  /** Of a container engine alone. */
  size?: number;
  created?: string;
}

/** Each name of an engine's images is one; what lost its name is found by its ID. */
export function imagesOfEngine(images: readonly EngineImage[]): readonly LocalImage[] {
  const place = { kind: 'engine' } as const;
  return images.flatMap(({ id, names, size, created }): LocalImage[] =>
    names.length === 0
      ? [{ id, place, repository: '', reference: id, size, created }]
      : names.map((name) => ({ id: name, place, ...split(name), size, created })),
  );
}

export function imagesOfPlace(
  place: ContentPlace,
  names: readonly ImageName[],
  digest: string | undefined,
): readonly LocalImage[] {
  const named = names.map(({ repository, tag }) => ({
    id: repository === '' ? tag : `${repository}:${tag}`,
    place,
    repository,
    reference: tag,
  }));
  return named.length > 0 || digest === undefined
    ? named
    : [{ id: digest, place, repository: '', reference: digest }];
}

/** The repository and tag it would have at a registry: without the host that its name begins with. */
export function nameAtRegistry({ repository, reference }: LocalImage): { repository: string; tag: string } {
  const [first = '', ...rest] = repository.split('/');
  const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const name = hosted ? rest.join('/') : repository;
  // Docker Hub's own namespace says nothing elsewhere.
  const short = hosted && first === 'docker.io' ? name.replace(/^library\//, '') : name;
  return {
    repository: isRepositoryName(short) ? short : '',
    tag: reference.includes(':') ? 'latest' : reference,
  };
}

function split(name: string): { repository: string; reference: string } {
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  return colon < 0
    ? { repository: name, reference: 'latest' }
    : { repository: name.slice(0, colon), reference: name.slice(colon + 1) };
}
