import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { FileEntry, FileList } from '../../src-main/common/files.ts';
import { api, orpc } from '../api.ts';
import { readStreamedList } from '../lists/streamed-query.ts';

/** The image whose files are shown: a manifest by its digest. */
export interface ShownFiles {
  readonly accountId: string;
  readonly repository: string;
  readonly reference: string;
}

/** What is in a directory: with a layer and all below it, or what the layer does to it. */
export interface DirectoryPlace {
  readonly at: number;
  readonly view: 'merged' | 'layer';
  readonly path: string;
}

/** Entries of a directory, as many as came so far. */
export interface Directory {
  readonly rows: readonly FileEntry[];
  readonly complete: boolean;
}

/** Entries that are asked for at once. */
const PAGE = 1000;
/** Rows of lists that are shown whole: of what is found, and of what is wasted. */
const LISTED = 1000;

export const fileQueries = {
  layers: (image: ShownFiles) => orpc.files.layers.queryOptions({ input: { image } }),
  changes: (image: ShownFiles) => orpc.files.changes.queryOptions({ input: { image } }),
  directory: (image: ShownFiles, place: DirectoryPlace) =>
    queryOptions({
      queryKey: [...orpc.files.list.key({ input: { image, ...place, offset: 0, limit: PAGE } }), 'whole'],
      queryFn: (context) =>
        readStreamedList<FileList, Directory>(
          context,
          async (signal) => pagesOf(image, place, signal),
          new DirectoryCollector(),
        ),
      // What a digest holds does not change; a directory left half-way is read again.
      staleTime: ({ state }) => (state.data?.complete ? Number.POSITIVE_INFINITY : 0),
      structuralSharing: false,
    }),
  search: (image: ShownFiles, at: number, glob: string) =>
    orpc.files.search.queryOptions({
      input: { image, at, glob, limit: LISTED },
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  wasted: (image: ShownFiles) =>
    orpc.files.wasted.queryOptions({
      input: { image, offset: 0, limit: LISTED },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  open: (image: ShownFiles, at: number, path: string) =>
    orpc.files.open.queryOptions({ input: { image, at, path }, staleTime: Number.POSITIVE_INFINITY }),
};

async function* pagesOf(
  image: ShownFiles,
  place: DirectoryPlace,
  signal: AbortSignal,
): AsyncGenerator<FileList, void, void> {
  for (let offset = 0; ; ) {
    const page = await api.files.list({ image, ...place, offset, limit: PAGE }, { signal });
    yield page;
    offset += page.entries.length;
    if (offset >= page.total || page.entries.length === 0) return;
  }
}

class DirectoryCollector {
  readonly #rows: FileEntry[] = [];
  #total = 0;

  add({ entries, total }: FileList): void {
    for (const entry of entries) this.#rows.push(entry);
    this.#total = total;
  }

  snapshot(): Directory {
    return { rows: this.#rows.slice(), complete: this.#rows.length >= this.#total };
  }
}
