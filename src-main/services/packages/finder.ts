import { FINDINGS_VERSION, PackageFinder, writeFindings } from '../../engine/index.ts';
import type { LayerFinder } from '../layers/known-layers.ts';

/** Looks for packages in each layer that is read, for whatever it is read. */
export const packageFinder: LayerFinder = {
  version: FINDINGS_VERSION,
  begin() {
    const finder = new PackageFinder();
    return {
      sinkFor: (entry) => finder.sinkFor(entry),
      settling: () => finder.settling(),
      findings: async () => await writeFindings(await finder.findings()),
    };
  },
};
