import { expect, test } from 'vitest';
import { fileName } from '../../../src-main/common/content.ts';
import { fileNameOf } from '../../../src-renderer/saving/file-name.ts';

test('a file name is one that the contract takes, whatever somebody else called the file', () => {
  for (const name of [
    'sbom.spdx.json',
    '../../etc/passwd',
    '.hidden',
    '页面.html',
    '',
    'a'.repeat(300),
    '-x',
    'a b\u0000',
  ])
    expect(fileName.safeParse(fileNameOf(name)).success, name).toBe(true);
  expect(fileNameOf('sbom.spdx.json')).toBe('sbom.spdx.json');
});
