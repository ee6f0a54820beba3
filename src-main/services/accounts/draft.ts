import { type AccountSecrets, type AccountSettings, accountSettings } from '../../common/account.ts';
import type { StoredAccount } from '../../data/index.ts';
import { checkRepository, parseRegistryAddress, proxyUser, readProxy } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { ACCOUNT_FIELDS, type SecretTexts } from '../sign-ins/secrets.ts';

/** What is kept of an account's settings: its address complete, its secrets taken out. */
export interface Prepared extends AccountSettings {
  proxyUser: string | undefined;
}

/** @throws RegistryError `invalidAddress`, `invalidReference`; ServiceError `invalidInput`, `invalidAddress` */
export function prepare(given: AccountSettings): Prepared {
  const url = parseRegistryAddress(given.url).origin;
  for (const repository of given.repositories) checkRepository(repository);
  if (given.proxy.kind !== 'url') return { ...checked({ ...given, url }), proxyUser: undefined };
  const proxy = parseProxy(given.proxy.url);
  return { ...checked({ ...given, url, proxy: { kind: 'url', url: proxy.url } }), proxyUser: proxy.user };
}

/** What is out of bounds would not be read again from the file. */
function checked(given: AccountSettings): AccountSettings {
  const read = accountSettings.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new ServiceError('invalidInput', `${issue?.path.join('.')}: ${issue?.message}`);
}

/** The proxy's user and password are secrets: they are kept apart from its URL. */
function parseProxy(text: string): { url: string; user: string | undefined } {
  const url = readProxy(text);
  const user = proxyUser(url);
  // No `origin`: only some schemes have one.
  return { url: `${url.protocol}//${url.host}`, user: user && `${user.name}:${user.password}` };
}

export function storable(
  prepared: Prepared,
): Omit<StoredAccount, 'id' | 'system' | 'revision' | 'keychainFields' | 'protectedTags'> {
  const { authorities, clientCertificate, verify } = prepared.tls;
  return {
    name: prepared.name,
    url: prepared.url,
    signIn: prepared.signIn,
    tls: {
      verify,
      ...(authorities ? { authorities } : {}),
      ...(clientCertificate ? { clientCertificate } : {}),
    },
    proxy: prepared.proxy,
    uploadChunk: prepared.uploadChunk,
    debugUrl: prepared.debugUrl,
    apiPath: prepared.apiPath,
    chosenSystem: prepared.chosenSystem,
    readOnly: prepared.readOnly,
    repositories: [...new Set(prepared.repositories)],
  };
}

export function uses(account: Pick<AccountSettings, 'signIn' | 'tls'>, field: keyof AccountSecrets): boolean {
  if (field === 'password') return account.signIn.kind === 'password';
  if (field === 'identityToken') return account.signIn.kind === 'identityToken';
  return Boolean(account.tls.clientCertificate);
}

/** A secret for a way of signing in that is not chosen is not kept. */
export function onlyUsed(account: Pick<AccountSettings, 'signIn' | 'tls'>, texts: SecretTexts): SecretTexts {
  const used: SecretTexts = { proxy: texts.proxy };
  for (const field of ACCOUNT_FIELDS) if (uses(account, field)) used[field] = texts[field];
  return used;
}

/** Scheme, host, port and user: what two accounts must differ in. */
export function identityOf({ url, signIn }: Pick<AccountSettings, 'url' | 'signIn'>): string {
  return JSON.stringify([url, signIn.kind === 'password' ? signIn.username : signIn.kind]);
}
