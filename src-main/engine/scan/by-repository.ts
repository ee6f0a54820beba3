import type { ListedArtifact, ListedBelow } from '../product/abilities.ts';

/** A repository of such a list: its artifacts are to be read, or left, before the next one comes. */
export interface ListedRepository {
  readonly repository: string;
  readonly pages: AsyncGenerator<readonly ListedArtifact[]>;
}

/**
 * Takes a list over several repositories, in which those of one follow each other, apart into these. Nothing is read ahead; where the
 * list fails, the pages of the repository that it is at fail, and it ends.
 */
export async function* byRepository(
  list: AsyncGenerator<readonly ListedBelow[]>,
): AsyncGenerator<ListedRepository> {
  let rows: readonly ListedBelow[] = [];
  /** Whether there are rows. */
  const filled = async (): Promise<boolean> => {
    while (rows.length === 0) {
      const next = await list.next();
      if (next.done) return false;
      rows = next.value;
    }
    return true;
  };
  async function* pagesOf(repository: string): AsyncGenerator<readonly ListedArtifact[]> {
    while ((await filled()) && rows[0]?.repository === repository) {
      const end = rows.findIndex((row) => row.repository !== repository);
      const own = end < 0 ? rows : rows.slice(0, end);
      rows = end < 0 ? [] : rows.slice(end);
      yield own.map(({ artifact }) => artifact);
    }
  }
  while (await filled()) {
    const { repository = '' } = rows[0] ?? {};
    const pages = pagesOf(repository);
    yield { repository, pages };
    // What was left of it is passed over.
    for await (const _ of pages);
  }
}
