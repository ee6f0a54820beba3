import { eventIterator } from '@orpc/contract';
import {
  packageList,
  packageSearch,
  packagesExport,
  packagesListing,
  packagesRequest,
} from '../common/packages.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

/** Packages of an image. Layers are read once and what they name is kept by their digests. */
export const packages = {
  /** Looks for them and reports how far it is, some times a second; the last answer says what there is. */
  find: procedure.input(packagesRequest).output(eventIterator(packageSearch)),
  /** Those found, by type and name; what was not looked for yet is looked for first. */
  list: procedure.input(packagesListing).output(packageList),
  /** Writes an SBOM. */
  export: procedure.input(packagesExport).output(nothing),
};
