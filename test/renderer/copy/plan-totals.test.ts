import { expect, test } from 'vitest';
import type { CopyPlan } from '../../../src-main/common/transfer.ts';
import { planTotals } from '../../../src-renderer/copy/plan-totals.ts';

function plan(tag: string, more: Partial<CopyPlan> = {}): CopyPlan {
  const place = { account: 'acc', host: 'registry.test', repository: 'team/app' };
  return {
    id: tag,
    kind: 'copy',
    source: { ...place, reference: tag },
    target: { ...place, tag },
    digest: 'sha256:a',
    sourceDigest: 'sha256:a',
    mediaType: 'application/vnd.oci.image.index.v1+json',
    unchanged: false,
    manifests: 2,
    attached: 0,
    blobs: {
      present: { count: 1, bytes: 10 },
      mount: { count: 2, bytes: 20 },
      send: { count: 3, bytes: 30 },
    },
    leftOut: { count: 0, bytes: 0, hosts: [] },
    made: '2024-01-01T00:00:00Z',
    ...more,
  };
}

test('sums what is to be done and leaves out what is there already', () => {
  const moved = plan('latest', { replaces: 'sha256:b', attached: 2 });
  const same = plan('1.0', { unchanged: true, replaces: 'sha256:a' });
  const totals = planTotals([plan('2.0'), moved, same]);
  expect(totals).toMatchObject({
    manifests: 4,
    attached: 2,
    present: { count: 2, bytes: 20 },
    mount: { count: 4, bytes: 40 },
    send: { count: 6, bytes: 60 },
    replaced: ['latest'],
    unchanged: 1,
  });
  expect(totals.todo.map(({ id }) => id)).toEqual(['2.0', 'latest']);
});

test('nothing to do', () => {
  expect(planTotals([plan('1.0', { unchanged: true })])).toMatchObject({
    todo: [],
    unchanged: 1,
    manifests: 0,
  });
});

test('B2: a target tag that could not be looked at is reported; B4: so are layers that stay away', () => {
  const unseen = { code: 'denied', message: 'The registry does not allow this.' } as const;
  const totals = planTotals([
    plan('a', { leftOut: { count: 1, bytes: 5, hosts: ['one.test'] } }),
    plan('b', { unseen, leftOut: { count: 2, bytes: 7, hosts: ['one.test', 'two.test'] } }),
    plan('c', { unchanged: true, leftOut: { count: 9, bytes: 9, hosts: ['none.test'] } }),
  ]);
  expect(totals.unseen).toEqual(unseen);
  expect(totals.leftOut).toEqual({ count: 3, bytes: 12, hosts: ['one.test', 'two.test'] });
});
