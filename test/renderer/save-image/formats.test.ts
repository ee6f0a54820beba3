import { expect, test } from 'vitest';
import { isWholePath, nameInside } from '../../../src-renderer/save-image/formats.ts';

test.each([
  ['/home/me/web.tar', true],
  ['C:\\images\\web.tar', true],
  ['\\\\server\\images', true],
  ['web.tar', false],
  ['./web.tar', false],
  ['~/web.tar', false],
  ['/', false],
  ['', false],
])('%s is a whole path: %s', (path, is) => {
  expect(isWholePath(path)).toBe(is);
});

test('an archive for docker load names the repository, others the tag alone', () => {
  expect(nameInside('dockerArchive', 'registry.test', 'team/app', '1.0')).toEqual({
    repository: 'registry.test/team/app',
    tag: '1.0',
  });
  expect(nameInside('ociArchive', 'registry.test', 'team/app', '1.0')).toEqual({
    repository: '',
    tag: '1.0',
  });
});
