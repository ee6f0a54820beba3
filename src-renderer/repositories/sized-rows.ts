import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import { areTagsKnown, isSizeKnown } from '../storage/is-known.ts';
import { cameAt } from '../storage/last-image.tsx';
import type { RepositoryRow } from './rows.ts';

/** A repository with what is known of its size, its tags and its age: undefined where that is nothing. */
export interface SizedRow extends RepositoryRow {
  readonly storage: RepositoryStorage | undefined;
  /** Unix milliseconds of when an image came last, where a date is known: see `cameAt`. */
  readonly newest: number | undefined;
}

/** Joins the list with what is known of each; a row that stays as it was is the same object, so that it is not drawn again. */
export class SizedRows {
  #known = new WeakMap<RepositoryRow, SizedRow>();

  join(row: RepositoryRow, known: ReadonlyMap<string, RepositoryStorage> | undefined): SizedRow {
    const found = known?.get(row.name);
    const storage = found && areTagsKnown(found) ? found : undefined;
    const before = this.#known.get(row);
    if (before && isSame(before.storage, storage)) return before;
    const { name, addedByName, unusable, folded, key } = row;
    const newest = instantOf(storage && cameAt(storage));
    const sized = { name, addedByName, unusable, folded, key, storage, newest };
    this.#known.set(row, sized);
    return sized;
  }
}

/** Of two readings: nothing that is shown differs. */
function isSame(a: RepositoryStorage | undefined, b: RepositoryStorage | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.uniqueBytes === b.uniqueBytes &&
    a.exclusiveBytes === b.exclusiveBytes &&
    a.tags === b.tags &&
    a.images === b.images &&
    a.manifests === b.manifests &&
    a.newest === b.newest &&
    a.pushed === b.pushed &&
    a.newestTag === b.newestTag &&
    a.complete === b.complete &&
    a.kinds.join() === b.kinds.join()
  );
}

/** Bytes, where they are known. */
export function sizeOf({ storage }: SizedRow): number | undefined {
  return storage && isSizeKnown(storage) ? storage.uniqueBytes : undefined;
}

function instantOf(text: string | undefined): number | undefined {
  const instant = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
