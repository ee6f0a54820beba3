import { type AnyPlace, referenceAt } from '../../src-main/common/place.ts';

interface Place {
  host: string;
  repository: string;
}

/** `host/repository:tag` or `host/repository@digest`. */
export function referenceText(place: AnyPlace & Place, reference: string): string {
  return referenceAt(place, place.repository, reference);
}

/** `repository:tag` or `repository@digest`; outside registries a tag or digest may be all there is. */
export function nameIn({ repository }: { repository: string }, reference: string): string {
  if (repository === '') return reference;
  return `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}
