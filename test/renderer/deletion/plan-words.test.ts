import { expect, test } from 'vitest';
import type { DeletionSummary } from '../../../src-main/common/deletion.ts';
import {
  brokenIndexes,
  orphanedReferrers,
  tagsGone,
  untaggedGone,
} from '../../../src-renderer/deletion/plan-words.ts';

const summary: DeletionSummary = {
  asked: ['1.0', 'old'],
  tagsAlone: [{ tag: 'old', digest: 'sha256:c', siblings: ['older'] }],
  aloneBy: 'name',
  attached: { taken: false, byRegistry: false, manifests: 1, tags: [] },
  blocked: [],
  spared: [],
  whole: false,
  leftOut: [],
  staying: 1,
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
      referrers: [
        { digest: 'sha256:sig', artifactType: 'application/vnd.example.signature', kind: 'signature' },
      ],
      untagged: [],
    },
    {
      digest: 'sha256:b',
      tags: [],
      indexes: [{ digest: 'sha256:i', tags: ['multi'] }],
      referrers: [
        { digest: 'sha256:sig', artifactType: 'application/vnd.example.signature', kind: 'signature' },
      ],
      untagged: [],
    },
  ],
  alsoRemoved: ['latest'],
  bytesFreed: 1,
  garbageCollection: { when: 'offline', way: 'commands', frees: [], seen: [], cautions: [] },
};

test('an index or a referrer tied to several manifests is reported once', () => {
  expect(brokenIndexes(summary)).toEqual([{ digest: 'sha256:i', tags: ['multi'] }]);
  expect(orphanedReferrers(summary)).toBe(1);
});

test('the tags gone are those that go alone, those of manifests and those that go along', () => {
  expect(tagsGone(summary)).toEqual(new Set(['old', '1.0', 'latest']));
});

test('manifests without a tag are counted, without those that are attached to what goes', () => {
  expect(untaggedGone(summary)).toBe(1);
  const [image] = summary.manifests;
  const signature = image && { ...image, digest: 'sha256:sig', tags: [], referrers: [] };
  expect(
    untaggedGone({ ...summary, manifests: [...summary.manifests, ...(signature ? [signature] : [])] }),
  ).toBe(1);
});
