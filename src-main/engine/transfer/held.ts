import type { ContentTarget } from '../content/target.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RawManifest } from '../model/manifest.ts';
import { onSide } from './sides.ts';

/** Manifests of one image asked for at a time. */
const LOOKS = 8;

/** Whether a target repository holds all these manifests; ends at the first that it does not, or does not show. */
export async function holdsAll(
  target: ContentTarget,
  repository: string,
  manifests: readonly RawManifest[],
  signal: AbortSignal,
): Promise<boolean> {
  let missing = false;
  await forEachLimit(
    manifests,
    LOOKS,
    async ({ digest }, stop) => {
      if (missing) return;
      const look = await onSide('target', () => target.look(repository, digest, stop));
      if (!look.found) missing = true;
    },
    signal,
  );
  return !missing;
}
