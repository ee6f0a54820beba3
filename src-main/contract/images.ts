import { image, imageRequest } from '../common/image.ts';
import { procedure } from './base.ts';

export const images = {
  /** A manifest by tag or digest, read and explained; a child of an index is asked for by its digest. */
  get: procedure.input(imageRequest).output(image),
};
