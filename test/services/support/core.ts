import type { Account, AccountSettings } from '../../../src-main/common/account.ts';
import type { Operation } from '../../../src-main/common/operation.ts';
import type { Keychain } from '../../../src-main/data/index.ts';
import { type Core, type CoreOptions, createCore } from '../../../src-main/services/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A keychain in memory; `failure` makes every call fail with it. */
export class TestKeychain implements Keychain {
  readonly entries = new Map<string, string>();
  failure: Error | undefined;

  async getPassword(service: string, account: string): Promise<string | null> {
    if (this.failure) throw this.failure;
    return this.entries.get(`${service}/${account}`) ?? null;
  }

  async setPassword(service: string, account: string, password: string): Promise<void> {
    if (this.failure) throw this.failure;
    this.entries.set(`${service}/${account}`, password);
  }

  async deletePassword(service: string, account: string): Promise<boolean> {
    if (this.failure) throw this.failure;
    return this.entries.delete(`${service}/${account}`);
  }
}

/** A core on a home of its own (or the one given) that sees nothing of this machine; closed when the test ends. */
export async function testCore(
  options: Partial<CoreOptions> = {},
  kindsOf?: Parameters<typeof createCore>[1],
): Promise<Core & { home: string }> {
  const home = options.home ?? (await temporaryFolder());
  const core = await createCore(
    {
      keychain: new TestKeychain(),
      host: 'cli',
      version: '0.0.0-test',
      environment: { HOME: home, PATH: '/nowhere' },
      ...options,
      home,
    },
    kindsOf,
  );
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= core.close());
  whenFinished(close);
  return { ...core, plans: typing(core), home, close };
}

/** Plans as somebody confirms them who types the name that is asked for; `typed` is what is typed instead. */
function typing({ plans }: Core): Core['plans'] {
  const start: Core['plans']['start'] = (id, { typed, ...options } = {}) =>
    plans.start(id, { ...options, typed: typed ?? nameOf(id) });
  function nameOf(id: string): string | undefined {
    try {
      return plans.get(id).typed;
    } catch {
      return undefined; // starting it says why
    }
  }
  return new Proxy(plans, {
    get(target, name) {
      if (name === 'start') return start;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export function settingsFor(url: string, changes: Partial<AccountSettings> = {}): AccountSettings {
  return {
    name: 'Test',
    url,
    signIn: { kind: 'anonymous' },
    tls: { verify: true },
    proxy: { kind: 'none' },
    readOnly: false,
    repositories: [],
    ...changes,
  };
}

export function addAccount(core: Core, registry: { readonly url: string }): Promise<Account> {
  return core.accounts.add(settingsFor(registry.url), {});
}

/** Everything a stream yields. */
export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** The first snapshot of an operation that is as wanted. */
export async function whenOperation(
  core: Core,
  id: string,
  wanted: (operation: Operation) => boolean,
): Promise<Operation> {
  for await (const operation of core.operations.watch({ signal: AbortSignal.timeout(15_000) })) {
    if (operation.id === id && wanted(operation)) return operation;
  }
  throw new Error(`The operation never was as wanted; at last: ${JSON.stringify(core.operations.get(id))}`);
}
