import { contentPath, downloadName, engineImage, foundContent, readyDownload } from '../common/content.ts';
import { procedure } from './base.ts';

/** Images outside registries. They are copied by `transfers.planCopies`, like any other. */
export const content = {
  /** What the container engine of this machine has. Fails with `engineUnreachable` where none answers. */
  engineImages: procedure.output(engineImage.array()),
  recognise: procedure.input(contentPath).output(foundContent),
  /** A path of its own for one archive that a browser will download by this name: it is kept for an hour after it was written. */
  prepareDownload: procedure.input(downloadName).output(contentPath),
  downloads: procedure.output(readyDownload.array()),
};
