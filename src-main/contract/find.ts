import { eventIterator } from '@orpc/contract';
import {
  baseRequest,
  digestsRequest,
  fileSearch,
  foundDigests,
  foundLayerFiles,
  foundManifests,
  foundPackages,
  imageBase,
  lookedInto,
  lookedRequest,
  looking,
  lookRequest,
  packagesSearch,
  placesRequest,
  unreadLayers,
} from '../common/find.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

/** Where something is, over all registries that were scanned. Places are found by `catalog.search`. */
export const find = {
  digests: procedure.input(digestsRequest).output(foundDigests),
  /** Of images that were looked into: `looked` says how many these are. */
  packages: procedure.input(packagesSearch).output(foundPackages),
  /** Streams files of layers that were read. */
  files: procedure.input(fileSearch).output(eventIterator(foundLayerFiles)),
  /** Manifests that are what was found, or hold it. */
  places: procedure.input(placesRequest).output(foundManifests),
  looked: procedure.input(lookedRequest).output(lookedInto),
  /** Layers whose files nobody has read. */
  unreadLayers: procedure.input(lookedRequest).output(unreadLayers),
  /** Looks into the images that nobody looked into, in the background; `busy` while that goes on. */
  look: procedure.input(lookRequest).output(nothing),
  stop: procedure.output(nothing),
  /** What runs or ran last, then each change as a whole snapshot. */
  watch: procedure.output(eventIterator(looking)),
  base: procedure.input(baseRequest).output(imageBase),
};
