import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Conf from 'conf';
import { describe, expect, test } from 'vitest';
import { type OpenStore, SettingsFile } from '../../src-main/data/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

function settingsIn(folder: string, openStore?: OpenStore): SettingsFile {
  return new SettingsFile({ folder, openStore, exclusively: (work) => work() });
}

/** A store on a disk that is full as long as `full()` says so; writes otherwise are real. */
function storeOnDisk(full: () => boolean): OpenStore {
  return (options) => {
    const conf = new Conf<Record<string, unknown>>(options);
    return {
      get store() {
        return conf.store;
      },
      set store(value) {
        if (full())
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        conf.store = value;
      },
    };
  };
}

test('has defaults without a file, and writes none by being read', async () => {
  const folder = await temporaryFolder();
  expect(settingsIn(folder).read()).toMatchObject({
    settings: { language: 'system', theme: 'system', transferConcurrency: 4 },
    accounts: [],
    notices: [],
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('sees what another process wrote, and keeps fields it does not know', async () => {
  const folder = await temporaryFolder();
  const one = settingsIn(folder);
  const two = settingsIn(folder);
  one.update((content) => {
    content.settings.theme = 'dark';
  });
  const raw = JSON.parse(readFileSync(one.path, 'utf8'));
  writeFileSync(one.path, JSON.stringify({ ...raw, ofANewerVersion: { kept: true } }));
  two.update((content) => {
    content.settings.language = 'zh-CN';
  });
  expect(one.read().settings).toMatchObject({ theme: 'dark', language: 'zh-CN' });
  expect(JSON.parse(readFileSync(one.path, 'utf8')).ofANewerVersion).toEqual({ kept: true });
});

test('can be read by its owner only', async () => {
  const folder = await temporaryFolder();
  const file = settingsIn(folder);
  file.update(() => undefined);
  if (process.platform !== 'win32') expect(statSync(file.path).mode & 0o777).toBe(0o600);
});

describe.each([
  ['does not parse', '{"settings": {"theme": "dark"', 'not JSON'],
  ['is not a settings file', '[1, 2, 3]', /content/],
  ['has a wrong value', '{"settings": {"theme": "pink"}}', /^settings\.theme: /],
  ['is empty', '', 'not JSON'],
])('a file that %s', (_, text, reason) => {
  test('is kept aside, named in a notice, and never overwritten', async () => {
    const folder = await temporaryFolder();
    const file = settingsIn(folder);
    writeFileSync(file.path, text);
    const content = file.read();
    expect(content.settings.theme).toBe('system');
    expect(content.notices).toEqual([
      {
        id: expect.any(String),
        kind: 'settingsKeptAside',
        file: file.path,
        keptAs: expect.stringContaining('settings.json.broken-'),
        reason: expect.stringMatching(reason),
      },
    ]);
    expect(readFileSync(content.notices[0]?.keptAs ?? '', 'utf8')).toBe(text);
    // The notice outlives this process.
    expect(settingsIn(folder).read().notices).toEqual(content.notices);
    // And ends when the file was dealt with.
    rmSync(content.notices[0]?.keptAs ?? '');
    expect(settingsIn(folder).read().notices).toEqual([]);
  });
});

test('does not quote the broken file in its notice', async () => {
  const folder = await temporaryFolder();
  const file = settingsIn(folder);
  writeFileSync(file.path, '{"a": MARKER-OF-SOMETHING-PRIVATE}');
  expect(JSON.stringify(file.read().notices)).not.toContain('MARKER');
});

test('tells a full disk and loses nothing', async () => {
  const folder = await temporaryFolder();
  let full = false;
  const file = settingsIn(
    folder,
    storeOnDisk(() => full),
  );
  file.update((content) => {
    content.settings.theme = 'dark';
  });
  const before = readFileSync(file.path, 'utf8');
  full = true;
  const change = () =>
    file.update((content) => {
      content.settings.theme = 'light';
    });
  expect(change).toThrow(expect.objectContaining({ code: 'diskFull' }));
  expect(readFileSync(file.path, 'utf8')).toBe(before);
  expect(file.read().settings.theme).toBe('dark');
  full = false;
  expect(change().settings.theme).toBe('light');
});

test('a broken file on a full disk is kept aside and told all the same', async () => {
  const folder = await temporaryFolder();
  const file = settingsIn(
    folder,
    storeOnDisk(() => true),
  );
  writeFileSync(file.path, 'broken');
  expect(file.read().notices).toHaveLength(1);
  expect(file.read().notices).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([expect.stringContaining('settings.json.broken-')]);
});

test('refuses a change that would make the file invalid', async () => {
  const file = settingsIn(await temporaryFolder());
  expect(() =>
    file.update((content) => {
      content.settings.transferConcurrency = 0;
    }),
  ).toThrow();
  expect(file.read().settings.transferConcurrency).toBe(4);
});

test('a path that can not be read is an error of its own, and is left alone', async () => {
  const folder = await temporaryFolder();
  const file = settingsIn(folder);
  // A folder in its place can not be read by anybody, root included.
  mkdirSync(file.path);
  expect(() => file.read()).toThrow(expect.objectContaining({ code: 'settingsFile' }));
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
