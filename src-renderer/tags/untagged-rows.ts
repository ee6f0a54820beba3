import type { UntaggedManifest } from '../../src-main/common/tag.ts';
import { marksOf } from './attached-marks.ts';
import type { TagRow } from './tag-rows.ts';

/** Manifests that no tag points at, as far as they have come. */
export interface UntaggedList {
  readonly rows: readonly TagRow[];
  /** The last page is in. */
  readonly complete: boolean;
}

/** Rows without a tag: they stand for themselves. */
export function untaggedRows(manifests: readonly UntaggedManifest[]): readonly TagRow[] {
  return manifests.map((details) => ({
    id: details.digest,
    tags: [],
    image: [],
    details,
    attached: marksOf(details.attested ? ['attestation'] : []),
  }));
}

export class UntaggedCollector {
  readonly #rows: TagRow[] = [];

  add(manifests: readonly UntaggedManifest[]): void {
    this.#rows.push(...untaggedRows(manifests));
  }

  snapshot(): UntaggedList {
    return { rows: [...this.#rows], complete: false };
  }
}
