import type { DeletionSummary } from '../../src-main/common/deletion.ts';

type Doomed = DeletionSummary['manifests'][number];

/** One image of a deletion: what of it goes, and what stays. */
export interface DeletionRow {
  readonly digest: string;
  /** The image is deleted, with all its tags; else only the tags that were chosen. */
  readonly isGone: boolean;
  /** Its tags that were chosen, or that go as part of what is attached. */
  readonly tags: readonly string[];
  /** Tags that were not chosen and are deleted with it. */
  readonly along: readonly string[];
  /** Tags that keep the image; none where an index does. */
  readonly stays: readonly string[];
  readonly attached: Doomed['referrers'];
  /** It goes because it is attached to this one. */
  readonly attachedTo: string | undefined;
  /** Indexes that stay and would lose it. */
  readonly breaks: Doomed['indexes'];
  readonly bytes: Doomed['bytes'];
}

/** A row for each image that loses something: those that are deleted first. */
export function rowsOf({
  manifests,
  tagsAlone,
  alsoRemoved,
}: Pick<DeletionSummary, 'manifests' | 'tagsAlone' | 'alsoRemoved'>): readonly DeletionRow[] {
  const extra = new Set(alsoRemoved);
  const subjects = new Map(
    manifests.flatMap(({ digest, referrers }) => referrers.map((referrer) => [referrer.digest, digest])),
  );
  const gone = manifests.map(({ digest, tags, referrers, indexes, bytes }) => ({
    digest,
    isGone: true,
    tags: tags.filter((tag) => !extra.has(tag)),
    along: tags.filter((tag) => extra.has(tag)),
    stays: [],
    attached: referrers,
    attachedTo: subjects.get(digest),
    breaks: indexes,
    bytes,
  }));
  const alone = Map.groupBy(tagsAlone, ({ digest }) => digest);
  const kept = [...alone].map(([digest, tags]) => ({
    digest,
    isGone: false,
    tags: tags.map(({ tag }) => tag),
    along: [],
    stays: tags[0]?.siblings ?? [],
    attached: [],
    attachedTo: undefined,
    breaks: [],
    bytes: undefined,
  }));
  return [...gone, ...kept];
}

/** Rows that can be looked at alone. */
export const ROW_FILTERS = {
  images: ({ isGone }: DeletionRow) => isGone,
  tags: ({ isGone }: DeletionRow) => !isGone,
  along: ({ along }: DeletionRow) => along.length > 0,
  breaks: ({ breaks }: DeletionRow) => breaks.length > 0,
  attached: ({ attached }: DeletionRow) => attached.length > 0,
} as const;
export type RowFilter = keyof typeof ROW_FILTERS;
