import { z } from 'zod';
import { isDigest } from '../../model/digest.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { ArtifactNotes } from '../../product/said.ts';
import { apiPages, repositoryPath } from './api.ts';
import { labelNames, labelsOfOne } from './artifact-labels.ts';
import { scanFields, scanIn, TAKES_REPORTS } from './scans.ts';

const artifacts = z.array(
  z.object({ digest: z.string().refine(isDigest), labels: labelsOfOne, ...scanFields }),
);

/** Labels and scans of a repository's artifacts, a hundred in a request. @see Harbor API v2.0, `/projects/{p}/repositories/{r}/artifacts` */
export const artifactNotes = (api: ProductApi): ArtifactNotes => ({
  async *list(repository, signal) {
    const path = `${repositoryPath(repository)}/artifacts?with_tag=false&with_label=true&with_scan_overview=true`;
    for await (const page of apiPages(api, path, artifacts, signal, TAKES_REPORTS))
      yield page.map((one) => {
        const scan = scanIn(one);
        return { digest: one.digest, labels: labelNames(one.labels), ...(scan ? { scan } : {}) };
      });
  },
});
