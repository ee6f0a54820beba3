import { describe, expect, test } from 'vitest';
import { type Account, accountSecrets, accountSettings } from '../../../src-main/common/account.ts';
import {
  draftOf,
  EMPTY_DRAFT,
  isLoopback,
  keepsSecrets,
  problemsOf,
  secretsOf,
  settingsOf,
  splitAddress,
} from '../../../src-renderer/accounts/draft.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const account: Account = {
  id: '4d1fbb5a-8cfb-4a3c-9ac8-1a8a2b8a3c11',
  name: 'Harbor',
  url: 'https://harbor.example.com:8443',
  host: 'harbor.example.com:8443',
  system: 'harbor',
  signIn: { kind: 'password', username: 'robot$ci' },
  tls: { verify: true, authorities: PEM, clientCertificate: PEM },
  proxy: { kind: 'url', url: 'http://proxy.example.com:3128' },
  uploadChunk: 16_000_000,
  readOnly: true,
  repositories: ['team/app'],
  secrets: 'keychain',
  insecure: 'no',
};

describe('an address', () => {
  test.each([
    ['registry.example.com', undefined, 'registry.example.com'],
    ['  localhost:5000 ', undefined, 'localhost:5000'],
    ['https://registry.example.com/', 'https', 'registry.example.com'],
    ['HTTP://localhost:5000/v2/', 'http', 'localhost:5000'],
    ['https://registry.example.com/v2', 'https', 'registry.example.com'],
    ['registry.example.com/team/app', undefined, 'registry.example.com/team/app'],
  ])('%j is taken apart', (text, scheme, host) => {
    expect(splitAddress(text)).toEqual({ host, ...(scheme && { scheme }) });
  });

  test.each([
    ['localhost', true],
    ['localhost:5000', true],
    ['registry.localhost', true],
    ['127.0.0.1:43117', true],
    ['[::1]:5000', true],
    ['localhost.example.com', false],
    ['10.0.0.1', false],
  ])('%s names this machine: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('a draft', () => {
  test('comes back from an account as the settings it was made of', () => {
    const {
      id: _id,
      host: _host,
      system: _system,
      secrets: _secrets,
      insecure: _insecure,
      ...settings
    } = account;
    expect(settingsOf(draftOf(account))).toEqual(settings);
    expect(accountSettings.parse(settingsOf(draftOf(account)))).toEqual(settings);
  });

  test.each([
    ['0.5', 500_000, undefined],
    ['1,5', 1_500_000, undefined],
    ['', undefined, undefined],
    ['0.05', undefined, 'uploadChunkForm'],
    ['16 MB', undefined, 'uploadChunkForm'],
  ])('B5: %j MB of an upload request', (uploadChunk, bytes, problem) => {
    const draft = { ...draftOf(account), uploadChunk };
    expect(problemsOf(account, draft).uploadChunk).toBe(problem);
    if (problem === undefined) expect(settingsOf(draft).uploadChunk).toBe(bytes);
  });

  test('never shows a stored secret', () => {
    expect(draftOf(account)).toMatchObject({
      password: '',
      identityToken: '',
      clientKey: '',
      clientKeyPassphrase: '',
    });
  });

  test('without a name takes the address as one', () => {
    expect(settingsOf({ ...EMPTY_DRAFT, address: 'https://Registry.example.com/' })).toMatchObject({
      name: 'Registry.example.com',
      url: 'https://Registry.example.com',
    });
  });

  test('over plain HTTP leaves the certificates out', () => {
    const settings = settingsOf({ ...draftOf(account), security: 'plain' });
    expect(settings.url).toBe('http://harbor.example.com:8443');
    expect(settings.tls).toEqual({ verify: true });
  });
});

describe('secrets', () => {
  test('left empty are kept', () => {
    expect(secretsOf(account, draftOf(account))).toEqual({ identityToken: '' });
  });

  test('typed are sent', () => {
    const secrets = secretsOf(account, { ...draftOf(account), password: 'new', clientKey: PEM });
    expect(secrets).toEqual({ identityToken: '', password: 'new', clientKey: PEM, clientKeyPassphrase: '' });
    expect(accountSecrets.parse(secrets)).toEqual(secrets);
  });

  test('of another way to sign in are removed', () => {
    expect(secretsOf(account, { ...draftOf(account), signIn: 'anonymous' })).toMatchObject({ password: '' });
  });

  test('are not sent to a new address unless given again', () => {
    const moved = { ...draftOf(account), address: 'other.example.com' };
    expect(keepsSecrets(account, moved)).toBe(false);
    expect(secretsOf(account, moved)).toMatchObject({ password: '', clientKey: '' });
    expect(problemsOf(account, moved)).toMatchObject({ password: 'secretAgain', clientKey: 'secretAgain' });
    expect(problemsOf(account, { ...moved, password: 'again', clientKey: PEM })).toEqual({});
  });

  test('are not sent unencrypted where they were stored for HTTPS', () => {
    const plain = { ...draftOf(account), security: 'plain' as const };
    expect(keepsSecrets(account, plain)).toBe(false);
    expect(problemsOf(account, plain)).toEqual({ password: 'secretAgain' });
  });

  test('of a new registry hold only what was typed', () => {
    const draft = {
      ...EMPTY_DRAFT,
      address: 'a.example',
      signIn: 'password' as const,
      username: 'u',
      password: 'p',
    };
    expect(secretsOf(undefined, draft)).toEqual({ password: 'p' });
    expect(secretsOf(undefined, { ...draft, signIn: 'anonymous' })).toEqual({});
  });
});

describe('what is wrong', () => {
  const draft = { ...EMPTY_DRAFT, address: 'registry.example.com' };

  test('is nothing for an address alone', () => {
    expect(problemsOf(undefined, draft)).toEqual({});
  });

  test.each([
    [{ address: ' ' }, { address: 'addressMissing' }],
    [{ address: 'user@registry.example.com' }, { address: 'addressForm' }],
    [{ address: 'registry.example.com/team' }, { address: 'addressForm' }],
    [{ signIn: 'password' as const, username: ' ' }, { username: 'usernameMissing' }],
    [{ signIn: 'identityToken' as const }, { identityToken: 'tokenMissing' }],
    [{ authorities: 'MIIB' }, { authorities: 'notPem' }],
    [{ clientCertificate: PEM }, { clientKey: 'clientKeyMissing' }],
    [{ proxy: 'url' as const, proxyUrl: 'proxy:3128' }, { proxyUrl: 'proxyForm' }],
    [{ proxy: 'url' as const, proxyUrl: 'http://proxy:3128' }, {}],
    [{ proxy: 'url' as const, proxyUrl: 'socks5h://proxy:1080' }, {}],
    // Certificates do not matter without TLS.
    [{ security: 'plain' as const, authorities: 'MIIB' }, {}],
  ])('%j → %j', (part, problems) => {
    expect(problemsOf(undefined, { ...draft, ...part })).toEqual(problems);
  });
});

test('a product that was set stays set, and goes with it when it is taken away', () => {
  const draft = draftOf({ ...account, chosenSystem: 'nexus' });
  expect(settingsOf(draft)).toMatchObject({ chosenSystem: 'nexus' });
  expect(settingsOf({ ...draft, chosenSystem: '' })).not.toHaveProperty('chosenSystem');
  expect(settingsOf(draftOf(account))).not.toHaveProperty('chosenSystem');
});
