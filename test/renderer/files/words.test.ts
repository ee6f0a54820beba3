import { expect, test } from 'vitest';
import { globOf } from '../../../src-renderer/files/glob.ts';
import { modeText } from '../../../src-renderer/files/mode.ts';

test('permissions are written as ls writes them', () => {
  expect(modeText({ type: 'directory', mode: 0o755 })).toBe('drwxr-xr-x');
  expect(modeText({ type: 'file', mode: 0o4755 })).toBe('-rwsr-xr-x');
  expect(modeText({ type: 'file', mode: 0o2644 })).toBe('-rw-r-Sr--');
  expect(modeText({ type: 'directory', mode: 0o1777 })).toBe('drwxrwxrwt');
  expect(modeText({ type: 'symlink', mode: 0o777 })).toBe('lrwxrwxrwx');
  expect(modeText({ type: 'character', mode: 0 })).toBe('c---------');
});

test('a word is looked for within names, with a slash within paths; a pattern is taken as it is', () => {
  expect(globOf(' passwd ')).toBe('*passwd*');
  expect(globOf('/etc/pass')).toBe('**/*etc/pass{*,*/**}');
  expect(globOf('etc/**')).toBe('etc/**');
  expect(globOf('*.{conf,cfg}')).toBe('*.{conf,cfg}');
});
