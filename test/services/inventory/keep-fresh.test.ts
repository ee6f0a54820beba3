import { expect, test } from 'vitest';
import type { Scan } from '../../../src-main/common/inventory.ts';
import { SettingsFile } from '../../../src-main/data/index.ts';
import { isDue, KeepFresh } from '../../../src-main/services/inventory/keep-fresh.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { addAccount, testCore } from '../support/core.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-01-01T12:00:00Z');

function scan(hoursAgo: number, changes: Partial<Scan> = {}): Scan {
  const at = new Date(NOON - hoursAgo * HOUR).toISOString();
  return {
    id: '6f1c7f0e-0b5c-4d5e-9a53-0a4b5f0e2d11',
    place: { origin: 'http://registry.test', host: 'registry.test' },
    readManifests: false,
    dates: true,
    status: 'done',
    listed: true,
    repositories: { done: 1, total: 1 },
    tags: { done: 1, total: 1 },
    requests: 2,
    bytes: 0,
    unread: 0,
    undated: 0,
    started: at,
    ended: at,
    ...changes,
  };
}

test.each<[string, Scan[], boolean]>([
  ['never scanned', [], true],
  ['scanned 5 hours ago', [scan(5)], false],
  ['scanned 6 hours ago', [scan(6)], true],
  ['a part scanned just now', [scan(7), scan(0, { repository: 'app' })], true],
  ['at work', [scan(9, { status: 'running' })], false],
  ['paused by the user', [scan(9, { status: 'paused' })], false],
  ['failed just now', [scan(0.5, { status: 'failed' })], false],
  ['failed an hour ago', [scan(1, { status: 'failed' })], true],
])('kept fresh every 6 hours: %s', (_, scans, due) => {
  expect(isDue(scans, 6, NOON)).toBe(due);
});

test('only the accounts that are to be kept fresh are scanned, and it is off by default', async () => {
  const core = await testCore();
  const [one, other] = [await startTestRegistry(), await startTestRegistry()];
  const [first, second] = [await addAccount(core, one), await addAccount(core, other)];
  expect(first.keepFresh).toBeUndefined();
  expect(core.accounts.keepFresh(second.id, 24)).toMatchObject({ keepFresh: 24 });
  const scanned: string[] = [];
  const keepFresh = new KeepFresh({
    settings: new SettingsFile({ folder: core.home, exclusively: (work) => work() }),
    inventory: { scans: async () => [] },
    registries: { handle: (id) => core.accounts.handle(id) },
    scans: {
      scan: async ({ place }) => {
        scanned.push('account' in place ? place.account : '');
        return { scanId: '' };
      },
    },
    now: () => new Date(NOON),
  });
  await keepFresh.look();
  expect(scanned).toEqual([second.id]);
  expect(core.accounts.keepFresh(second.id, null).keepFresh).toBeUndefined();
  await keepFresh.look();
  expect(scanned).toHaveLength(1);
});
