import { expect, test } from 'vitest';
import { auditFilterOf } from '../../../src-renderer/activity/filter.ts';

test('the address of the page is what the record is asked for, nothing where nothing is picked out', () => {
  expect(auditFilterOf({})).toEqual({});
  expect(auditFilterOf({ filter: '  ', kind: undefined })).toEqual({});
  expect(
    auditFilterOf({
      filter: ' team/app ',
      kind: 'delete',
      result: 'failed',
      registry: 'a.test',
      user: 'ann',
    }),
  ).toEqual({ text: 'team/app', kind: 'delete', result: 'failed', registry: 'a.test', user: 'ann' });
});

test('days are those of this machine, the last one included', () => {
  const { since, until } = auditFilterOf({ since: '2026-03-01', until: '2026-03-31' });
  expect(since).toBe(new Date(2026, 2, 1).toISOString());
  expect(until).toBe(new Date(2026, 3, 1).toISOString());
});
