import { image } from '../common/image.ts';
import { manifestReference, repositoryPlace } from '../common/place.ts';
import { procedure } from './base.ts';

export const images = {
  /** A manifest by tag or digest, read and explained; a child of an index is asked for by its digest. */
  get: procedure.input(repositoryPlace.extend({ reference: manifestReference })).output(image),
};
