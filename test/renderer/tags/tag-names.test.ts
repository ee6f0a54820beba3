import { expect, test } from 'vitest';
import { naturalKey } from '../../../src-renderer/lists/natural-order.ts';
import { attachedName, describeNames } from '../../../src-renderer/tags/tag-names.ts';
import { finished } from '../finished.ts';

const describe = (...names: string[]) =>
  finished(describeNames(names.map((name) => ({ name, folded: name, key: naturalKey(name) }))));

test.each([
  ['latest', ['latest', '1.0']],
  ['main', ['main']],
  ['release-candidate', ['release-candidate', '1.0']],
  ['1.4', ['1.4', '1.4.2']],
  ['1', ['1', '1.4.2']],
  ['v2', ['v2', 'v2.0.1']],
  ['1.5.0-rc', ['1.5.0-rc', '1.5.0-rc.2']],
  ['1.5-alpine', ['1.5-alpine', '1.5.0-alpine']],
])('%s is meant to move among %j', (name, names) => {
  expect(describe(...names).moving).toContain(name);
});

test.each([
  ['1.4', ['1.4', '1.5', 'latest']],
  ['1.4.2', ['1.4.2', '1.4', '1.4.2-alpine']],
  ['pr-1203', ['pr-1203', 'pr-12']],
  ['sha-9f3c1aa', ['sha-9f3c1aa']],
  ['2024-05-01', ['2024-05-01', '2024-05-02']],
])('%s stays among %j', (name, names) => {
  expect(describe(...names).moving).not.toContain(name);
});

test('versions are counted, and the beginnings that many tags share', () => {
  const { versions, families } = describe(
    '1.0.0',
    '1.0.1',
    '1.0',
    'pr-1',
    'pr-2',
    'pr-3',
    'build_1',
    'build_2',
  );
  expect(versions).toBe(2);
  expect(families).toEqual([{ prefix: 'pr-', count: 3 }]);
  expect(describe('pr-1', 'pr-2', 'pr-3').families).toEqual([]);
});

test('tags named after digests are no tags of people’s, and say what is attached', () => {
  const hex = 'ab'.repeat(32);
  const { own, attachedCount, attached } = describe(
    '1.0',
    `sha256-${hex}.sig`,
    `sha256-${hex}`,
    'sha256-abc.sig',
  );
  expect(own.map(({ name }) => name)).toEqual(['1.0', 'sha256-abc.sig']);
  expect(attachedCount).toBe(2);
  expect(attached.get(attachedName(`sha256:${hex}`))).toEqual(new Set(['signature', 'other']));
});
