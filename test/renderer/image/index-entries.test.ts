import { expect, test } from 'vitest';
import type { IndexEntry } from '../../../src-main/common/image.ts';
import { chosenChild, indexContents } from '../../../src-renderer/image/index-entries.ts';

function entry(digest: string, more: Partial<IndexEntry>): IndexEntry {
  return {
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    size: 1,
    kind: 'image',
    annotations: {},
    ...more,
  };
}

const unknown = { os: 'unknown', architecture: 'unknown' };
const arm = entry('sha256:arm', { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
const amd = entry('sha256:amd', { platform: { os: 'linux', architecture: 'amd64' } });
const signed = entry('sha256:att', { kind: 'attestation', attests: 'sha256:arm', platform: unknown });
const stray = entry('sha256:stray', { kind: 'attestation', attests: 'sha256:gone', platform: unknown });

test('attestations are tied to what they speak of and are no platform', () => {
  const { children, loose } = indexContents([arm, signed, amd, stray]);
  expect(
    children.map(({ platform, attestations }) => [platform, attestations.map(({ digest }) => digest)]),
  ).toEqual([
    ['linux/arm64/v8', ['sha256:att']],
    ['linux/amd64', []],
  ]);
  expect(loose).toEqual([stray]);
});

test('unknown/unknown of something else is shown as no platform', () => {
  const [child] = indexContents([entry('sha256:x', { kind: 'artifact', platform: unknown })]).children;
  expect(child).not.toHaveProperty('platform');
});

test('opens what was asked for, else linux/amd64, else the first image', () => {
  const { children } = indexContents([arm, amd]);
  expect(chosenChild(children, 'sha256:arm')?.entry).toBe(arm);
  expect(chosenChild(children, 'linux/arm64/v8')?.entry).toBe(arm);
  expect(chosenChild(children, 'plan9/mips')?.entry).toBe(amd);
  expect(chosenChild(indexContents([signed, arm]).children)?.entry).toBe(arm);
  expect(chosenChild([])).toBeUndefined();
});
