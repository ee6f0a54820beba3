import type { Operation } from '../../src-main/common/operation.ts';
import { api } from '../api.ts';

/** Operations in one call of an export. */
const EXPORT_PAGE = 500;

/** The whole history, newest first, however long it is. */
export async function readHistory(signal: AbortSignal): Promise<readonly Operation[]> {
  const all = new Map<string, Operation>();
  let before: string | undefined;
  for (;;) {
    const page = await api.operations.history(
      { limit: EXPORT_PAGE, ...(before !== undefined && { before }) },
      { signal },
    );
    for (const operation of page) all.set(operation.id, operation);
    const last = page.at(-1)?.started;
    if (page.length < EXPORT_PAGE || last === undefined || last === before) return [...all.values()];
    before = last;
  }
}
