import { describe, expect, test, vi } from 'vitest';
import { CredentialStore, type Keychain } from '../../src-main/data/index.ts';

const WINDOWS_LIMIT = 2560;

class MemoryKeychain implements Keychain {
  readonly entries = new Map<string, string>();
  failure: Error | undefined;
  calls = 0;

  async getPassword(service: string, account: string): Promise<string | null> {
    this.#begin();
    return this.entries.get(`${service}/${account}`) ?? null;
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    this.#begin();
    if (Buffer.byteLength(password) > WINDOWS_LIMIT) throw new Error('the stub received bad data');
    this.entries.set(`${service}/${account}`, password);
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    this.#begin();
    return this.entries.delete(`${service}/${account}`);
  }

  #begin(): void {
    this.calls++;
    if (this.failure) throw this.failure;
  }
}

test('keeps a secret in the keychain, where the next process finds it', async () => {
  const keychain = new MemoryKeychain();
  const store = new CredentialStore(keychain);
  expect(await store.state()).toEqual({ state: 'available' });
  expect(await store.write('account:password', 'secret')).toBe('keychain');
  expect(keychain.entries).toEqual(new Map([['Wharfinger/account:password', 'secret']]));
  expect(await new CredentialStore(keychain).read('account:password', true)).toBe('secret');
  await store.remove('account:password', true);
  expect(keychain.entries.size).toBe(0);
});

describe('a secret too long for one Windows credential', () => {
  test.each([
    ['a long one', 'x'.repeat(2501)],
    ['one of many bytes for each character', '码头'.repeat(3000)],
    ['one with surrogate pairs', '🚢'.repeat(2000)],
    ['a short one that looks like the head of parts', 'wharfinger-parts:0123456789abcdef:3'],
  ])('is kept in parts: %s', async (_, secret) => {
    const keychain = new MemoryKeychain();
    const store = new CredentialStore(keychain);
    expect(await store.write('k', secret)).toBe('keychain');
    expect(await new CredentialStore(keychain).read('k', true)).toBe(secret);
    expect(keychain.entries.size).toBeGreaterThan(1);
  });

  test('leaves no part behind when replaced or removed', async () => {
    const keychain = new MemoryKeychain();
    const store = new CredentialStore(keychain);
    await store.write('k', 'a'.repeat(9000));
    await store.write('k', 'b'.repeat(6000));
    expect(keychain.entries.size).toBe(1 + 3);
    expect(await store.read('k', true)).toBe('b'.repeat(6000));
    await store.write('k', 'short');
    expect(keychain.entries).toEqual(new Map([['Wharfinger/k', 'short']]));
    await store.write('k', 'c'.repeat(6000));
    await store.remove('k', true);
    expect(keychain.entries.size).toBe(0);
  });

  test('with a part missing is an error, never half a secret', async () => {
    const keychain = new MemoryKeychain();
    const store = new CredentialStore(keychain);
    await store.write('k', 'a'.repeat(9000));
    const part = [...keychain.entries.keys()].find((key) => key.endsWith(':1')) ?? '';
    expect(keychain.entries.delete(part)).toBe(true);
    await expect(store.read('k', true)).rejects.toMatchObject({ code: 'storageFailed' });
  });
});

test('without a keychain keeps secrets for the session', async () => {
  const store = new CredentialStore(null);
  expect(await store.state()).toMatchObject({ state: 'unavailable' });
  expect(await store.write('k', 'secret')).toBe('session');
  expect(store.holdsInSession('k')).toBe(true);
  expect(await store.read('k', false)).toBe('secret');
  expect(await new CredentialStore(null).read('k', false)).toBeUndefined();
  await store.remove('k', false);
  expect(await store.read('k', false)).toBeUndefined();
});

test.each([
  ['Cannot create an item in a locked collection', 'locked', 'keychainLocked'],
  ['User interaction is not allowed.', 'locked', 'keychainLocked'],
  [
    'The name org.freedesktop.secrets was not provided by any .service files',
    'unavailable',
    'keychainUnavailable',
  ],
])('a keychain that says "%s" is %s', async (words, state, code) => {
  const keychain = new MemoryKeychain();
  keychain.failure = new Error(words);
  const store = new CredentialStore(keychain);
  expect(await store.state()).toEqual({ state, reason: words });
  expect(await store.write('k', 'secret')).toBe('session');
  expect(await store.read('k', true)).toBe('secret');
  await expect(store.read('other', true)).rejects.toMatchObject({ code });
  // Unlocked meanwhile: noticed without a restart.
  keychain.failure = undefined;
  expect(await store.state()).toEqual({ state: 'available' });
  expect(await store.write('k', 'secret')).toBe('keychain');
  expect(store.holdsInSession('k')).toBe(false);
});

test('a keychain whose prompt hangs counts as locked, is not asked again until it answers, and then is', async () => {
  vi.useFakeTimers();
  try {
    const keychain = new MemoryKeychain();
    let answer = (): void => undefined;
    const set = keychain.setPassword.bind(keychain);
    const hanging = vi
      .spyOn(keychain, 'setPassword')
      .mockImplementation((...given) => new Promise((resolve) => (answer = () => resolve(set(...given)))));
    const store = new CredentialStore(keychain, { timeout: 1000 });
    const state = store.state();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await state).toMatchObject({ state: 'locked' });
    expect(await store.write('k', 'secret')).toBe('session');
    expect(hanging).toHaveBeenCalledTimes(1);
    hanging.mockRestore();
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(await store.state()).toEqual({ state: 'available' });
  } finally {
    vi.useRealTimers();
  }
});

test('a keychain that forgets what it is given is not available', async () => {
  const keychain = new MemoryKeychain();
  keychain.setPassword = async () => undefined;
  expect(await new CredentialStore(keychain).state()).toMatchObject({ state: 'unavailable' });
});

test('does not ask the keychain for a secret that is known not to be there', async () => {
  const keychain = new MemoryKeychain();
  expect(await new CredentialStore(keychain).read('k', false)).toBeUndefined();
  expect(keychain.calls).toBe(0);
});
