import type { DeletionSummary, PlannedRepository } from '../../common/deletion.ts';
import type { FreedBytes } from '../../common/storage.ts';
import { attachedKindOf, type DeletionPlanData } from '../../engine/index.ts';
import { collectionFactsOf } from '../collection-facts.ts';
import { failureOf } from '../failure.ts';

/** A plan of one repository, and the tags that were left out of it since some that must stay would be hurt. */
export interface PlannedData {
  data: DeletionPlanData;
  spared: DeletionSummary['spared'];
}

/** All tags that are gone when a plan has run, each once. */
export function goneTags({ tagsAlone, manifests }: DeletionPlanData): string[] {
  return [
    ...new Set([...tagsAlone.map(({ tag }) => tag), ...manifests.flatMap((manifest) => manifest.tags)]),
  ];
}

export function summaryOf(
  { data, spared }: PlannedData,
  inRegistry: FreedBytes | undefined,
): DeletionSummary {
  return {
    ...common({ data, spared }),
    asked: [...data.asked],
    tagsAlone: data.tagsAlone.map((alone) => ({ ...alone, siblings: [...alone.siblings] })),
    aloneBy: data.aloneBy,
    manifests: data.manifests.map((manifest) => ({
      digest: manifest.digest,
      tags: [...manifest.tags],
      indexes: manifest.indexes.map((index) => ({ ...index, tags: [...index.tags] })),
      referrers: manifest.referrers.map((one) => ({ ...one, kind: attachedKindOf(one.artifactType) })),
      ...(manifest.bytes && { bytes: manifest.bytes }),
      untagged: [...manifest.untagged],
    })),
    whole: data.request.whole === true,
    leftOut: data.leftOut.map(({ digest, tags, siblings }) => ({
      digest,
      tags: [...tags],
      siblings: [...siblings],
    })),
    countsPulls: data.countsPulls,
    garbageCollection: collectionFactsOf(data.garbageCollection),
    ...(inRegistry && { inRegistry }),
  };
}

/** One of several. */
export function repositoryOf(planned: PlannedData): PlannedRepository {
  const { data } = planned;
  const broken = new Map(
    data.manifests.flatMap(({ indexes }) => indexes.map((index) => [index.digest, index] as const)),
  );
  return {
    ...common(planned),
    repository: data.repository,
    tags: goneTags(data).length,
    manifests: data.manifests.length,
    alone: data.tagsAlone.length,
    broken: [...broken.values()].map((index) => ({ ...index, tags: [...index.tags] })),
    untagged: new Set(data.manifests.flatMap(({ untagged }) => untagged)).size,
    needsConsent: data.needsConsent,
  };
}

function common({ data, spared }: PlannedData) {
  const { attached = false } = data.request;
  return {
    alsoRemoved: [...data.alsoRemoved],
    attached: {
      ...data.attached,
      tags: [...data.attached.tags],
      ...(typeof attached === 'boolean' ? {} : { of: [...attached] }),
    },
    blocked: data.blocked.map(({ tag, error }) => ({ tag, failure: failureOf(error) })),
    spared,
    staying: data.staying,
    unseen: [...data.unseen],
    unread: [...data.unread],
    bytesFreed: data.bytesFreed,
    bytesInChildren: data.bytesInChildren,
    bytesAtMost: data.bytesAtMost,
    refilled: data.refilled,
  };
}
