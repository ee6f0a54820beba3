import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import { areTagsKnown, isSizeKnown } from '../storage/is-known.ts';
import type { RepositorySizes } from '../storage/queries.ts';
import { compareValues } from '../ui/sort.ts';
import type { RepositoryRow } from './rows.ts';

/** A repository with what is known of its size, its tags and its age: undefined where that is nothing. */
export interface SizedRow extends RepositoryRow {
  readonly storage: RepositoryStorage | undefined;
}

/** Joins the list with what is known of each; a row that stays as it was is the same object, so that it is not drawn again. */
export class SizedRows {
  #known = new WeakMap<RepositoryRow, SizedRow>();

  join(rows: readonly RepositoryRow[], sizes: RepositorySizes | undefined): readonly SizedRow[] {
    return rows.map((row) => {
      const found = sizes?.get(row.name);
      const storage = found && areTagsKnown(found) ? found : undefined;
      const known = this.#known.get(row);
      if (known && known.storage === storage) return known;
      const sized = { ...row, storage };
      this.#known.set(row, sized);
      return sized;
    });
  }
}

export const compareSizes = (a: SizedRow, b: SizedRow, descending: boolean) =>
  compareValues(sizeOf(a), sizeOf(b), descending);
export const compareTags = (a: SizedRow, b: SizedRow, descending: boolean) =>
  compareValues(a.storage?.tags, b.storage?.tags, descending);
export const compareNewest = (a: SizedRow, b: SizedRow, descending: boolean) =>
  compareValues(instantOf(a), instantOf(b), descending);

/** Bytes, where they are known. */
export function sizeOf({ storage }: SizedRow): number | undefined {
  return storage && isSizeKnown(storage) ? storage.uniqueBytes : undefined;
}

function instantOf({ storage }: SizedRow): number | undefined {
  const instant = Date.parse(storage?.newest ?? '');
  return Number.isNaN(instant) ? undefined : instant;
}
