import { expect } from 'vitest';
import type { Core } from '../../../src-main/services/index.ts';
import { all } from './core.ts';

/** The record of changes is whole and says of each operation of the journal what that does: its begin, its changes, how it ended. */
export async function expectRecorded(core: Core): Promise<void> {
  expect(await core.audit.verify()).toMatchObject({ problems: [], problemCount: 0 });
  const entries = (await all(core.audit.entries({}))).flat();
  for (const { id, status } of core.operations.history(500)) {
    const own = entries.filter(({ operation }) => operation === id);
    expect([own.at(0)?.event, own.at(-1)?.event]).toEqual(['started', status]);
    const recorded = own.flatMap(({ event, detail }) =>
      event === 'changes' ? (detail as { changes: unknown[] }).changes : [],
    );
    const { items } = core.audit.changes(id, { offset: 0, limit: 1000 });
    expect(recorded).toEqual(expect.arrayContaining(items));
  }
}
