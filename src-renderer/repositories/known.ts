import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import { api } from '../api.ts';
import { whenIdle } from '../lists/when-idle.ts';

/** Repositories in the first answer, which is waited for, and in the others. */
const FIRST = 100;
const AT_ONCE = 1_000;

/** Milliseconds in which the first rows are drawn: what asks for the second answer takes the processor from them. */
const FIRST_DRAWN_MS = 100;

/** What is known, without asking the registry, of each repository of which anything is. */
export interface KnownRepositories {
  readonly rows: readonly RepositoryStorage[];
  /** The same by name. */
  readonly of: ReadonlyMap<string, RepositoryStorage>;
  /** The last page is in. */
  readonly complete: boolean;
}

interface KnownPage {
  items: readonly RepositoryStorage[];
  done: boolean;
}

/** Pages by name; the next one is asked for while one is taken in, as soon as the page has nothing to draw. */
export async function* knownPages(
  accountId: string,
  signal: AbortSignal,
): AsyncGenerator<KnownPage, void, void> {
  const ask = (limit: number, after?: string) =>
    api.storage.knownRepositories({ accountId, limit, ...(after !== undefined && { after }) }, { signal });
  const next = async (after: string, isFirst: boolean) => {
    if (isFirst) await new Promise((resolve) => setTimeout(resolve, FIRST_DRAWN_MS));
    await whenIdle();
    return ask(AT_ONCE, after);
  };
  let limit = FIRST;
  for (let coming = ask(limit); ; ) {
    const items = await coming;
    const last = items.length < limit ? undefined : items.at(-1);
    if (last) {
      coming = next(last.repository, limit === FIRST);
      // Whoever has left does not hear of it any more.
      coming.catch(() => {});
    }
    limit = AT_ONCE;
    yield { items, done: !last };
    if (!last) return;
  }
}

/** Takes in pages. */
export class KnownCollector {
  readonly #rows: RepositoryStorage[] = [];
  readonly #of = new Map<string, RepositoryStorage>();
  #complete = false;

  add({ items, done }: KnownPage): void {
    for (const item of items) {
      this.#rows.push(item);
      this.#of.set(item.repository, item);
    }
    this.#complete = done;
  }

  /** What was taken in before stays as it is in an earlier one, and more may be in it: a copy of 50,000 for each page is not needed. */
  snapshot(): KnownRepositories {
    return { rows: this.#rows.slice(), of: this.#of, complete: this.#complete };
  }
}

/** Bytes that the repositories of each namespace hold, each digest once. */
export async function readNamespaceSizes(
  accountId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (;;) {
    const page = { accountId, offset: sizes.size, limit: AT_ONCE };
    const { items, total } = await api.storage.namespaces(page, { signal });
    for (const { namespace, uniqueBytes } of items) sizes.set(namespace, uniqueBytes);
    if (items.length === 0 || sizes.size >= total) return sizes;
  }
}
