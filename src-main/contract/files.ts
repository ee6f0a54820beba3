import { eventIterator } from '@orpc/contract';
import {
  fileContent,
  fileList,
  fileOpening,
  fileSaving,
  filesListing,
  filesReading,
  filesRequest,
  filesSearch,
  filesWaste,
  foundFiles,
  imageChanges,
  imageFiles,
  layerReading,
  savedFiles,
  wastedFiles,
} from '../common/files.ts';
import { procedure } from './base.ts';

/** What is inside the layers of an image. Trees of layers are kept by digest; each layer is read once however many ask. */
export const files = {
  /** What is known of them; reads none. */
  layers: procedure.input(filesRequest).output(imageFiles),
  /** Reads layers and reports how far it is, some times a second; what is wrong with a layer is in `layers` afterwards. */
  read: procedure.input(filesReading).output(eventIterator(layerReading)),
  /** How much each layer did, as far as layers were read; reads none. */
  changes: procedure.input(filesRequest).output(imageChanges),
  list: procedure.input(filesListing).output(fileList),
  search: procedure.input(filesSearch).output(foundFiles),
  wasted: procedure.input(filesWaste).output(wastedFiles),
  /** Verified: by the digest of the layer, or by those of its table of contents. */
  open: procedure.input(fileOpening).output(fileContent),
  save: procedure.input(fileSaving).output(savedFiles),
};
