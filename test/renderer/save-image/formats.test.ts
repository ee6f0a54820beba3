import { expect, test } from 'vitest';
import { fileName } from '../../../src-main/common/content.ts';
import { isWholePath, nameInside, suggestedName } from '../../../src-renderer/save-image/formats.ts';

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

test('what is saved is called after its repository and tag, by letters that every file system takes', () => {
  expect(suggestedName('ociArchive', 'team/app', '1.0')).toBe('app-1.0.tar');
  expect(suggestedName('ociLayout', 'team/app', '1.0')).toBe('app-1.0');
  expect(suggestedName('dockerArchive', 'app', `sha256:${'a'.repeat(64)}`)).toBe(`app-${'a'.repeat(64)}.tar`);
  for (const odd of ['team/.. ', 'a b/c:d', '', `x/${'é'.repeat(300)}`])
    expect(fileName.safeParse(suggestedName('ociArchive', odd, 't'.repeat(200))).success).toBe(true);
});
