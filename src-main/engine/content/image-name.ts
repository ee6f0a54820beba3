import { isTag } from '../model/reference.ts';
import type { ImageName } from './source.ts';

const DOCKER_HUB = 'docker.io';

/** What an OCI layout calls an image: a tag, or `repository:tag`. */
export function readLayoutName(text: string): ImageName {
  const colon = text.lastIndexOf(':');
  const tag = text.slice(colon + 1);
  if (colon > 0 && isTag(tag)) return { repository: text.slice(0, colon), tag };
  return { repository: '', tag: text };
}

export function layoutName({ repository, tag }: ImageName): string {
  return repository === '' ? tag : `${repository}:${tag}`;
}

/**
 * What Docker calls an image, with what it leaves out: `app` is `docker.io/library/app:latest`.
 *
 * @see github.com/distribution/reference, "ParseNormalizedNamed"
 */
export function readDockerName(text: string): ImageName {
  const slash = text.lastIndexOf('/');
  const colon = text.indexOf(':', slash + 1);
  const name = colon < 0 ? text : text.slice(0, colon);
  const tag = colon < 0 ? 'latest' : text.slice(colon + 1);
  const [first = '', ...rest] = name.split('/');
  const hosted = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (hosted) return { repository: name, tag };
  return { repository: `${DOCKER_HUB}/${rest.length === 0 ? 'library/' : ''}${name}`, tag };
}

/** A name as it was typed: which registry is meant by a short one the engine decides. */
export function readEngineName(text: string): ImageName {
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  return colon < 0
    ? { repository: text, tag: 'latest' }
    : { repository: text.slice(0, colon), tag: text.slice(colon + 1) };
}

/** A repository as it may be called by: what is left out of a name is added. */
export const dockerRepository = (text: string): string => readDockerName(text).repository;
