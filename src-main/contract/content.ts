import { contentPath, engineImage, foundContent } from '../common/content.ts';
import { procedure } from './base.ts';

/** Images outside registries. They are copied by `transfers.planCopies`, like any other. */
export const content = {
  /** What the container engine of this machine has. Fails with `engineUnreachable` where none answers. */
  engineImages: procedure.output(engineImage.array()),
  recognise: procedure.input(contentPath).output(foundContent),
};
