import type { RepositoryPage } from '../../src-main/common/registry.ts';
import { KnownRows } from '../lists/known-rows.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';

export interface RepositoryRow {
  readonly name: string;
  readonly folded: string;
  readonly key: string;
  /** Added by the user; the registry did not list it. */
  readonly addedByName: boolean;
  /** Its name is against the grammar: it is shown, and nothing can be done with it. */
  readonly unusable: boolean;
}

/** The repositories of a registry as far as they have come. */
export interface RepositoryList {
  readonly rows: readonly RepositoryRow[];
  readonly listing: RepositoryPage['listing'];
  /** The last page is in. */
  readonly complete: boolean;
  /** Since when those are known that the registry has not listed yet. */
  readonly seen?: string;
}

/** Takes in pages; each picture is a new list, so that what has been shown does not change under the reader. */
export class RepositoryCollector {
  readonly #rows: RepositoryRow[] = [];
  readonly #known = new KnownRows<RepositoryRow>();
  #listing: RepositoryPage['listing'] = 'complete';
  #complete = false;

  add(page: RepositoryPage): void {
    if (page.seen !== undefined) {
      const known = page.repositories.map(({ name }) => rowOf(name, false, false));
      this.#known.add(known, page.seen);
      return;
    }
    for (const { name, addedByName } of page.repositories) this.#rows.push(rowOf(name, addedByName, false));
    for (const name of page.unusable ?? []) this.#rows.push(rowOf(name, false, true));
    this.#known.replace(
      page.repositories.map(({ name }) => name),
      page.done,
    );
    this.#listing = page.listing;
    this.#complete = page.done;
  }

  snapshot(): RepositoryList {
    return { ...this.#known.with(this.#rows), listing: this.#listing, complete: this.#complete };
  }
}

function rowOf(name: string, addedByName: boolean, unusable: boolean): RepositoryRow {
  return { name, addedByName, unusable, folded: foldText(name), key: naturalKey(name) };
}

/** Natural order of names; names differ, so that either direction is its exact reverse. */
export function compareRepositories(a: RepositoryRow, b: RepositoryRow, descending: boolean): number {
  return descending ? byCodeUnit(b.key, a.key) : byCodeUnit(a.key, b.key);
}

export function filterRepositories<Row extends RepositoryRow>(
  rows: readonly Row[],
  typed: string,
): readonly Row[] {
  const matches = wordFilter(typed);
  return matches ? rows.filter(({ folded }) => matches(folded)) : rows;
}

/** `team/` and `app` of `team/app`: the namespace is shown quieter. */
export function splitName(name: string): { namespace: string; base: string } {
  const slash = name.lastIndexOf('/') + 1;
  return { namespace: name.slice(0, slash), base: name.slice(slash) };
}
