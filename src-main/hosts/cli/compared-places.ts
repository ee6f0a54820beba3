import { SIDES_MAX } from '../../common/comparison-matrix.ts';
import { isContentReference, parseReference } from '../../engine/index.ts';
import { UsageError } from './failures.ts';
import { parseScanned, type ScannedPlace } from './run-scan.ts';

/** Whether `compare` is given images; else registries, namespaces or repositories, whose tags are compared. @throws UsageError */
export function comparesImages(left: string, right: string): boolean {
  const [one, two] = [isImage(left), isImage(right)];
  if (one !== two)
    throw new UsageError(
      'Compare two images, two repositories or two registries: these are different kinds.',
    );
  return one;
}

/** What names an image has a tag or a digest, or is outside registries. */
function isImage(text: string): boolean {
  if (isContentReference(text)) return true;
  const [, ...names] = text.split('/');
  if (names.join('/') === '' || text.endsWith('/')) return false;
  const { tag, digest } = parseReference(text);
  return tag !== undefined || digest !== undefined;
}

/** All of one kind: registries and namespaces, or repositories. @throws UsageError */
export function comparedPlaces(names: readonly string[]): ScannedPlace[] {
  const places = names.map(parseScanned);
  if (new Set(places.map(({ repository }) => repository === undefined)).size > 1)
    throw new UsageError(
      'One is a repository and the other is not: compare two repositories or two registries.',
    );
  if (places.length > SIDES_MAX) throw new UsageError(`At most ${SIDES_MAX} places can be compared at once.`);
  return places;
}

/** One sign-in may be meant for both. */
export function comparesOneRegistry(left: string, right: string): boolean {
  return parseScanned(left).host === parseScanned(right).host;
}
