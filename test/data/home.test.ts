import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dataHome } from '../../src-main/data/index.ts';

test('WHARFINGER_HOME wins on every platform', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(dataHome({ WHARFINGER_HOME: '/x/y', XDG_DATA_HOME: '/z' }, platform)).toBe(path.resolve('/x/y'));
  }
});

test('each platform has its own folder', () => {
  expect(dataHome({}, 'linux')).toBe(path.join(homedir(), '.local/share/wharfinger'));
  expect(dataHome({ XDG_DATA_HOME: '/data' }, 'linux')).toBe('/data/wharfinger');
  expect(dataHome({ XDG_DATA_HOME: 'relative' }, 'linux')).toBe(
    path.join(homedir(), '.local/share/wharfinger'),
  );
  expect(dataHome({}, 'darwin')).toBe(path.join(homedir(), 'Library/Application Support/Wharfinger'));
  expect(dataHome({ APPDATA: '/app' }, 'win32')).toBe(path.join('/app', 'Wharfinger'));
});
