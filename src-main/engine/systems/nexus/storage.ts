import { z } from 'zod';
import type { ProductApi } from '../../product/product-api.ts';
import { shown } from '../../product/read-whole.ts';
import type { Resources } from '../../product/resources.ts';
import { nexusJson } from './api.ts';

const size = z.number().int().nonnegative().optional().catch(undefined);
const blobStores = z.array(
  z.object({
    name: z.string().min(1),
    type: z.string().optional().catch(undefined),
    blobCount: size,
    totalSizeInBytes: size,
    availableSpaceInBytes: size,
    /** `spaceUsedQuota` is bytes that may be used; `spaceRemainingQuota` is bytes that must be left. */
    softQuota: z.object({ type: z.string(), limit: size }).nullish().catch(undefined),
  }),
);
const days = z.number().int().nonnegative().nullish().catch(undefined);
const policies = z.array(
  z.object({
    name: z.string().min(1),
    format: z.string(),
    notes: z.string().nullish().catch(undefined),
    criteriaLastBlobUpdated: days,
    criteriaLastDownloaded: days,
    criteriaAssetRegex: z.string().nullish().catch(undefined),
    retain: days,
  }),
);

/** Places of bytes, for administrators. @see help.sonatype.com, "Blob Store API" */
export const blobStoreResources = (api: ProductApi): Resources<'blobStore'> =>
  shown(async (signal) =>
    (await nexusJson(api, '/blobstores', blobStores, signal)).map((one) => {
      const {
        softQuota: quota,
        blobCount: blobs,
        totalSizeInBytes: used,
        availableSpaceInBytes: available,
      } = one;
      const usable = quota?.type === 'spaceUsedQuota' ? quota.limit : undefined;
      return {
        kind: 'blobStore',
        id: one.name,
        name: one.name,
        fields: {
          ...(one.type === undefined ? {} : { type: one.type }),
          ...(blobs === undefined ? {} : { blobs }),
          ...(used === undefined ? {} : { used }),
          ...(available === undefined ? {} : { available }),
          ...(quota === null ? { quota: null } : usable === undefined ? {} : { quota: usable }),
        },
        may: {},
      };
    }),
  );

/** What it takes from Docker repositories by itself. @see help.sonatype.com, "Cleanup Policies API" */
export const cleanupPolicyResources = (api: ProductApi): Resources<'cleanupPolicy'> =>
  shown(async (signal) =>
    (await nexusJson(api, '/cleanup-policies', policies, signal))
      .filter(({ format }) => format === 'docker' || format === '*')
      .map((one) => ({
        kind: 'cleanupPolicy',
        id: one.name,
        name: one.name,
        fields: {
          notes: one.notes ?? null,
          publishedDays: one.criteriaLastBlobUpdated ?? null,
          downloadedDays: one.criteriaLastDownloaded ?? null,
          names: one.criteriaAssetRegex ?? null,
          kept: one.retain ?? null,
        },
        may: {},
      })),
  );
