import { describe, expect, test } from 'vitest';
import type { SavedCleanup } from '../../src-main/common/cleanup-run.ts';
import { isDue } from '../../src-main/services/cleanup/schedule.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, all, testCore } from './support/core.ts';

const rules = (tags: string) => `version: 1
rules:
  - name: all
    repositories: "**"
    delete:
      - { name: some, tags: "${tags}" }
`;

async function opened() {
  const core = await testCore();
  const { id } = await addAccount(core, await startTestRegistry());
  return { core, accountId: id };
}

describe('saved rules', () => {
  test('have a version for each of their texts, and keep those before', async () => {
    const { core, accountId } = await opened();
    const first = core.cleanup.save({ accountId, name: 'nightly', text: rules('pr-*'), schedule: null });
    expect(first).toMatchObject({ version: 1, name: 'nightly', text: rules('pr-*') });
    const again = core.cleanup.save({ ...first, text: rules('pr-*'), name: 'weekly', schedule: null });
    expect(again).toMatchObject({ id: first.id, version: 1, name: 'weekly', digest: first.digest });
    const changed = core.cleanup.save({ ...again, text: rules('tmp-*'), schedule: null });
    expect(changed).toMatchObject({ version: 2, text: rules('tmp-*') });
    expect(core.cleanup.versions(first.id).map(({ version, text }) => [version, text])).toEqual([
      [2, rules('tmp-*')],
      [1, rules('pr-*')],
    ]);
    expect(core.cleanup.saved(accountId)).toEqual([changed]);
    core.cleanup.remove(first.id);
    expect(core.cleanup.saved(accountId)).toEqual([]);
    expect(core.cleanup.versions(first.id)).toEqual([]);
  });

  test('are refused where they cannot be understood, or others have their name', async () => {
    const { core, accountId } = await opened();
    const draft = { accountId, name: 'nightly', text: rules('pr-*'), schedule: null };
    core.cleanup.save(draft);
    expect(() => core.cleanup.save({ ...draft, name: 'NIGHTLY' })).toThrow(/name/);
    expect(() => core.cleanup.save({ ...draft, name: 'other', text: 'rules: 1' })).toThrow(/Line/);
    expect(core.cleanup.saved(accountId)).toHaveLength(1);
  });
});

test('what becomes of saved rules is recorded: what they say by its digest, their schedule, and that they are gone', async () => {
  const { core, accountId } = await opened();
  const draft = { accountId, name: 'nightly', text: rules('pr-*'), schedule: null };
  const saved = core.cleanup.save(draft);
  core.cleanup.save({ ...draft, id: saved.id });
  core.cleanup.save({ ...draft, id: saved.id, schedule: { hours: 24, deletes: true, atMost: 10 } });
  const changed = core.cleanup.save({ ...draft, id: saved.id, text: rules('tmp-*') });
  core.cleanup.remove(saved.id);
  core.cleanup.remove(saved.id);
  expect(() => core.cleanup.save({ ...draft, text: 'rules: 1' })).toThrow(/Line/);
  const [first, second, third, last, ...more] = (
    await all(core.audit.entries({ kind: 'cleanupRules' }))
  ).flat();
  const { host: registry } = await core.accounts.handle(accountId);
  const about = { registry, account: { id: accountId, name: 'Test', user: null }, operation: null };
  expect(first).toMatchObject({
    ...about,
    event: 'added',
    what: `add the cleanup rules nightly of ${registry}`,
    detail: {
      name: 'nightly',
      fields: [
        { field: 'name', before: null, after: 'nightly' },
        { field: 'version', before: null, after: 1 },
        { field: 'digest', before: null, after: saved.digest },
      ],
    },
  });
  expect(second).toMatchObject({
    ...about,
    event: 'changed',
    detail: {
      fields: [
        { field: 'everyHours', before: null, after: 24 },
        { field: 'deletes', before: null, after: true },
        { field: 'atMost', before: null, after: 10 },
      ],
    },
  });
  expect(third?.detail).toMatchObject({
    fields: expect.arrayContaining([{ field: 'digest', before: saved.digest, after: changed.digest }]),
  });
  expect(last).toMatchObject({ ...about, event: 'removed', detail: { name: 'nightly' } });
  expect(more).toEqual([]);
});

test('rules go with their account, and the record says so', async () => {
  const { core, accountId } = await opened();
  const { id } = core.cleanup.save({ accountId, name: 'nightly', text: rules('pr-*'), schedule: null });
  await core.accounts.remove(accountId);
  expect(core.cleanup.versions(id)).toEqual([]);
  const [, removed] = (await all(core.audit.entries({ kind: 'cleanupRules' }))).flat();
  expect(removed).toMatchObject({ event: 'removed', detail: { name: 'nightly' } });
});

describe('a schedule', () => {
  const at = (hours: number) => new Date(hours * 3_600_000).toISOString();
  const saved = (more: Partial<SavedCleanup>): SavedCleanup => ({
    id: '00000000-0000-4000-8000-000000000000',
    accountId: '00000000-0000-4000-8000-000000000000',
    name: 'nightly',
    version: 1,
    digest: 'sha256:0',
    text: '',
    created: at(0),
    changed: at(0),
    schedule: { hours: 24, deletes: true, atMost: 10 },
    ...more,
  });

  test.each([
    ['never without one', { lastRun: undefined, schedule: undefined }, 1_000, false],
    ['so long after it was saved', {}, 24, true],
    ['and not before', {}, 23, false],
    ['so long after its last run', { lastRun: { at: at(30), outcome: 'waits' } }, 54, true],
    ['and not before', { lastRun: { at: at(30), outcome: 'started' } }, 53, false],
    ['soon after one that failed', { lastRun: { at: at(30), outcome: 'failed' } }, 31, true],
    ['soon after one that was cut', { lastRun: { at: at(30), outcome: 'running' } }, 31, true],
    ['but not at once', { lastRun: { at: at(30), outcome: 'running' } }, 30, false],
  ] as const)('is due %s', (_, more, now, due) => {
    const { schedule, lastRun, ...rest } = { ...saved({}), ...more };
    const given = { ...rest, ...(schedule ? { schedule } : {}), ...(lastRun ? { lastRun } : {}) };
    expect(isDue(given, now * 3_600_000)).toBe(due);
  });
});
