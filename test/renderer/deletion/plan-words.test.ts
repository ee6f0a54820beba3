import { expect, test } from 'vitest';
import type { DeletionPlan } from '../../../src-main/common/deletion.ts';
import { brokenIndexes, orphanedReferrers, tagsGone } from '../../../src-renderer/deletion/plan-words.ts';

const plan: DeletionPlan = {
  id: 'plan',
  place: { account: 'acc', host: 'registry.test', repository: 'team/app' },
  asked: ['1.0', 'old'],
  tagsAlone: [{ tag: 'old', digest: 'sha256:c', siblings: ['older'] }],
  aloneBy: 'name',
  attached: { taken: false, byRegistry: false, manifests: 1, tags: [] },
  blocked: [],
  spared: [],
  unseen: [],
  unread: [],
  bytesInChildren: 0,
  bytesAtMost: false,
  countsPulls: false,
  refilled: false,
  manifests: [
    {
      digest: 'sha256:a',
      tags: ['1.0', 'latest'],
      indexes: [{ digest: 'sha256:i', tags: ['multi'] }],
      referrers: [{ digest: 'sha256:sig', artifactType: 'application/vnd.example.signature' }],
    },
    {
      digest: 'sha256:b',
      tags: [],
      indexes: [{ digest: 'sha256:i', tags: ['multi'] }],
      referrers: [{ digest: 'sha256:sig', artifactType: 'application/vnd.example.signature' }],
    },
  ],
  alsoRemoved: ['latest'],
  needsConsent: true,
  bytesFreed: 1,
  garbageCollection: 'offline',
  made: '2024-01-01T00:00:00Z',
};

test('an index or a referrer tied to several manifests is reported once', () => {
  expect(brokenIndexes(plan)).toEqual([{ digest: 'sha256:i', tags: ['multi'] }]);
  expect(orphanedReferrers(plan)).toBe(1);
});

test('the tags gone are those that go alone, those of manifests and those that go along', () => {
  expect(tagsGone(plan)).toEqual(new Set(['old', '1.0', 'latest']));
});
