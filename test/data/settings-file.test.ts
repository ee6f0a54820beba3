import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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

test('reports a full disk and loses nothing', async () => {
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

test('a broken file on a full disk is kept aside and reported all the same', async () => {
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
  // A folder in its place can not be read by anyone, root included.
  mkdirSync(file.path);
  expect(() => file.read()).toThrow(expect.objectContaining({ code: 'settingsFile' }));
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

const account = (changes: object = {}) => ({
  id: '0b0b5f0e-63c5-4d0e-9b43-0d3cf5a2a001',
  name: 'Harbour',
  url: 'https://registry.test',
  signIn: { kind: 'anonymous' },
  tls: { verify: true },
  proxy: { kind: 'system' },
  readOnly: false,
  repositories: [],
  ...changes,
});

describe('S9: a field or a row that is not valid', () => {
  const broken = {
    settings: { theme: 'pink', language: 'zh-CN', transferConcurrency: 99 },
    accounts: [
      account({ signIn: { kind: 'passkey' }, name: 'Newer' }),
      account({ id: '0b0b5f0e-63c5-4d0e-9b43-0d3cf5a2a002', ofANewerVersion: [1] }),
      'nonsense',
    ],
    localRegistry: { port: 'x', running: true },
  };

  test('costs itself only, and is named', async () => {
    const file = settingsIn(await temporaryFolder());
    writeFileSync(file.path, JSON.stringify(broken));
    const content = file.read();
    expect(content.settings).toMatchObject({ theme: 'system', language: 'zh-CN', transferConcurrency: 4 });
    expect(content.accounts.map(({ name }) => name)).toEqual(['Harbour']);
    expect(content.localRegistry).toMatchObject({ running: true });
    expect(content.localRegistry.port).toBeUndefined();
    expect(content.notices).toEqual([]);
    expect(file.problems().unread.map(({ path }) => path)).toEqual([
      'settings.theme',
      'settings.transferConcurrency',
      'localRegistry.port',
      'accounts[0] (Newer)',
      'accounts[2]',
    ]);
    expect(readdirSync(dirname(file.path))).toEqual(['settings.json']);
  });

  test('stays in the file until somebody sets it', async () => {
    const file = settingsIn(await temporaryFolder());
    writeFileSync(file.path, JSON.stringify(broken));
    file.update(({ settings, accounts }) => {
      settings.transferConcurrency = 8;
      for (const each of accounts) each.readOnly = true;
    });
    const written = JSON.parse(readFileSync(file.path, 'utf8'));
    expect(written.settings).toMatchObject({ theme: 'pink', language: 'zh-CN', transferConcurrency: 8 });
    expect(written.localRegistry).toMatchObject({ port: 'x', running: true });
    const [newer, , nonsense] = broken.accounts;
    expect(written.accounts).toEqual([
      expect.objectContaining({ name: 'Harbour', readOnly: true, ofANewerVersion: [1] }),
      newer,
      nonsense,
    ]);
  });
});

test('S9: what a newer version wrote is read as far as it is known, and not changed', async () => {
  const file = settingsIn(await temporaryFolder());
  const text = JSON.stringify({
    version: 2,
    settings: { theme: 'dark', language: { of: 'another shape' } },
    accounts: [account()],
  });
  writeFileSync(file.path, text);
  expect(file.read()).toMatchObject({ settings: { theme: 'dark' }, accounts: [{ name: 'Harbour' }] });
  expect(file.problems()).toMatchObject({ newerVersion: 2, unread: [{ path: 'settings.language' }] });
  const change = () =>
    file.update((content) => {
      content.settings.theme = 'light';
    });
  expect(change).toThrow(expect.objectContaining({ code: 'settingsFile' }));
  expect(readFileSync(file.path, 'utf8')).toBe(text);
});
