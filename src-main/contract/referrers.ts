import { referrerList, referrersRequest, savedDocument } from '../common/referrers.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

export const referrers = {
  /** What is attached to an image, with what it says where it can be read. Nothing of it is verified. */
  list: procedure.input(referrersRequest).output(referrerList),
  /** Writes a blob to a file, its bytes as they are, once they match its digest. For a browser: see `content.prepareDownload`. */
  save: procedure.input(savedDocument).output(nothing),
};
