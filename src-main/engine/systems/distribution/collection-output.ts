import { isDigest } from '../../model/digest.ts';

/** Digests that one output may name; of more the rest is counted by its last line only. */
const DIGESTS_MAX = 1_000_000;

/** What `registry garbage-collect` has printed, with `--dry-run` or without. */
export interface CollectionOutput {
  /** Content that goes: layers, configs, and the bytes of manifests. */
  readonly blobs: readonly string[];
  /** Manifests without a tag, which `--delete-untagged` takes; their bytes are among the blobs. */
  readonly manifests: readonly string[];
  /** The numbers that it states itself; absent where that line is missing: what was pasted is a part of it. */
  readonly stated?: { readonly marked: number; readonly blobs: number; readonly manifests: number };
  /** It was no dry run: content went. */
  readonly ran: boolean;
}

const ELIGIBLE = /\b(blob|manifest) eligible for deletion: (\S+)/;
const STATED = /\b(\d+) blobs marked, (\d+) blobs and (\d+) manifests eligible for deletion/;
/** Logged by the sweep alone. */
const DELETING = /\bDeleting (?:blob|manifest)\b/i;

/** Lines between two turns that others get on the event loop. */
const LINES_AT_ONCE = 5_000;

/** Reads it, of version 2 or 3, in slices; lines of other programs and of logs around it are passed over. */
export function* readCollectionOutput(text: string): Generator<void, CollectionOutput, void> {
  const found = { blob: new Set<string>(), manifest: new Set<string>() };
  let stated: CollectionOutput['stated'];
  let ran = false;
  let lines = 0;
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end);
    const [, what, name = ''] = ELIGIBLE.exec(line) ?? [];
    const digest = name.replace(/[^0-9a-f]+$/, '');
    const isNew = found.blob.size + found.manifest.size < DIGESTS_MAX && isDigest(digest);
    if ((what === 'blob' || what === 'manifest') && isNew) found[what].add(digest);
    const [marked, blobs, manifests] = STATED.exec(line)?.slice(1).map(Number) ?? [];
    if (marked !== undefined && blobs !== undefined && manifests !== undefined)
      stated = { marked, blobs, manifests };
    if (DELETING.test(line)) ran = true;
    if (++lines % LINES_AT_ONCE === 0) yield;
  }
  return { blobs: [...found.blob], manifests: [...found.manifest], ...(stated && { stated }), ran };
}
