import type { Account, AccountSecrets, AccountSettings } from '../../src-main/common/account.ts';
import type { RegistrySystem } from '../../src-main/common/registry.ts';
import { LOOPBACK } from '../../src-main/engine/vocabulary/connection.ts';
import { DOCKER_HUB_HOSTS } from '../../src-main/engine/vocabulary/products.ts';
import { UPLOAD_CHUNK_MIN } from '../../src-main/engine/vocabulary/transfer.ts';
import type { Pasted } from './pasted.ts';

/** `verified` and `unverified` are HTTPS. */
export type Security = 'verified' | 'unverified' | 'plain';

/** What the form holds: flat, every field a controlled input. */
export interface Draft {
  /** `host[:port]`, without a scheme. */
  address: string;
  name: string;
  security: Security;
  signIn: AccountSettings['signIn']['kind'];
  username: string;
  password: string;
  identityToken: string;
  authorities: string;
  clientCertificate: string;
  clientKey: string;
  clientKeyPassphrase: string;
  proxy: AccountSettings['proxy']['kind'];
  proxyUrl: string;
  /** Megabytes, or empty. */
  uploadChunk: string;
  /** Of Distribution's debug port, or empty. */
  debugUrl: string;
  /** Below which Nexus is, or empty. */
  apiPath: string;
  /** Empty: as it shows itself. */
  chosenSystem: RegistrySystem | '';
  readOnly: boolean;
  repositories: string[];
}

const MEGABYTE = 1_000_000;

export const EMPTY_DRAFT: Draft = {
  address: '',
  name: '',
  security: 'verified',
  signIn: 'anonymous',
  username: '',
  password: '',
  identityToken: '',
  authorities: '',
  clientCertificate: '',
  clientKey: '',
  clientKeyPassphrase: '',
  proxy: 'system',
  proxyUrl: '',
  uploadChunk: '',
  debugUrl: '',
  apiPath: '',
  chosenSystem: '',
  readOnly: false,
  repositories: [],
};

/** An account as the form shows it. Secrets stay on the main side: their fields begin empty. */
export function draftOf(account: Account): Draft {
  const { scheme, host } = splitAddress(account.url);
  return {
    ...EMPTY_DRAFT,
    address: host,
    name: account.name,
    security: scheme === 'http' ? 'plain' : account.tls.verify ? 'verified' : 'unverified',
    signIn: account.signIn.kind,
    username: account.signIn.kind === 'password' ? account.signIn.username : '',
    authorities: account.tls.authorities ?? '',
    clientCertificate: account.tls.clientCertificate ?? '',
    proxy: account.proxy.kind,
    proxyUrl: account.proxy.kind === 'url' ? account.proxy.url : '',
    uploadChunk: account.uploadChunk === undefined ? '' : String(account.uploadChunk / MEGABYTE),
    debugUrl: account.debugUrl ?? '',
    apiPath: account.apiPath ?? '',
    chosenSystem: account.chosenSystem ?? '',
    readOnly: account.readOnly,
    repositories: account.repositories,
  };
}

/** What a pasted text fills in. What it does not say stays as it is. */
export function draftOfPasted({ host, scheme, username, password }: Pasted): Partial<Draft> {
  const signsIn = username !== undefined || password !== undefined;
  return {
    address: host,
    ...(scheme && { security: scheme === 'http' ? 'plain' : 'verified' }),
    ...(signsIn && { signIn: 'password' }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  };
}

/** `host[:port]` of a draft's address as accounts have it; undefined for what is no address. */
function hostOf(draft: Draft): string | undefined {
  const { url } = settingsOf(draft);
  if (!URL.canParse(url)) return undefined;
  const { host, hostname } = new URL(url);
  return DOCKER_HUB_HOSTS.includes(hostname) ? DOCKER_HUB_HOSTS[0] : host;
}

/** The accounts at the same host: `same` is the one that this would be once more. */
export function accountsLike(
  accounts: readonly Account[],
  draft: Draft,
  except: string | undefined,
): { same: Account | undefined; others: readonly Account[] } {
  const host = hostOf(draft);
  const { url, signIn } = settingsOf(draft);
  const user = signIn.kind === 'password' ? signIn.username : signIn.kind;
  // One port speaks one of http and https, whichever stands here yet.
  const isSame = (account: Account) =>
    (/:\d+$/.test(account.host) || account.url.startsWith('http:') === url.startsWith('http:')) &&
    (account.signIn.kind === 'password' ? account.signIn.username : account.signIn.kind) === user;
  const there = accounts.filter((account) => account.id !== except && account.host === host);
  return { same: there.find(isSame), others: there.filter((account) => !isSame(account)) };
}

/** Takes a typed or pasted address apart: scheme where one was given, and the rest without trailing slashes and `/v2/`. */
export function splitAddress(text: string): { scheme?: 'http' | 'https'; host: string } {
  const match = /^(https?):\/\//i.exec(text.trim());
  const host = text
    .trim()
    .slice(match?.[0].length ?? 0)
    .replace(/\/(v2\/?)?$/, '')
    .replace(/\/+$/, '');
  if (!match) return { host };
  return { scheme: match[1]?.toLowerCase() === 'http' ? 'http' : 'https', host };
}

/** Names of this machine, where registries usually speak plain HTTP and nothing can listen on the way. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host.replace(/:\d+$/, ''));
}

/** Of a number of megabytes; NaN for anything else. */
function bytesOf(megabytes: string): number {
  const text = megabytes.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * MEGABYTE) : Number.NaN;
}

/** Plain http where no scheme was given: the port speaks nothing else. */
function debugUrlOf(text: string): string {
  const url = text.trim().replace(/\/+$/, '');
  return /^https?:\/\//i.test(url) ? url : `http://${url}`;
}

/** As settings have it: from the first slash to before the last. */
export function apiPathOf(text: string): string {
  const path = text.trim().replace(/^\/+|\/+$/g, '');
  return path === '' ? '' : `/${path}`;
}

function schemeOf(security: Security): string {
  return security === 'plain' ? 'http' : 'https';
}

export function settingsOf(draft: Draft): AccountSettings {
  const { host } = splitAddress(draft.address);
  const tls = draft.security !== 'plain';
  return {
    name: draft.name.trim() || host,
    url: `${schemeOf(draft.security)}://${host}`,
    signIn:
      draft.signIn === 'password'
        ? { kind: 'password', username: draft.username.trim() }
        : { kind: draft.signIn },
    tls: {
      verify: draft.security !== 'unverified',
      ...(tls && draft.authorities.trim() && { authorities: draft.authorities }),
      ...(tls && draft.clientCertificate.trim() && { clientCertificate: draft.clientCertificate }),
    },
    proxy: draft.proxy === 'url' ? { kind: 'url', url: draft.proxyUrl.trim() } : { kind: draft.proxy },
    ...(draft.uploadChunk.trim() !== '' && { uploadChunk: bytesOf(draft.uploadChunk) }),
    ...(draft.debugUrl.trim() !== '' && { debugUrl: debugUrlOf(draft.debugUrl) }),
    ...(apiPathOf(draft.apiPath) !== '' && { apiPath: apiPathOf(draft.apiPath) }),
    ...(draft.chosenSystem !== '' && { chosenSystem: draft.chosenSystem }),
    readOnly: draft.readOnly,
    repositories: draft.repositories,
  };
}

/**
 * True where secrets stored with the account may go on being used: only towards the origin they were given for. Plain HTTP in
 * place of HTTPS is another origin too: it would send the stored password unencrypted.
 */
export function keepsSecrets(account: Account | undefined, draft: Draft): boolean {
  return account !== undefined && settingsOf(draft).url.toLowerCase() === account.url.toLowerCase();
}

/**
 * The secrets to send: what was typed; an empty string (which removes) for what is no longer in use or must not go to the new
 * address; nothing (which keeps) otherwise.
 */
export function secretsOf(account: Account | undefined, draft: Draft): AccountSecrets {
  const kept = keepsSecrets(account, draft);
  const secret = (value: string, used: boolean): string | undefined => {
    if (!used) return account ? '' : undefined;
    if (value !== '') return value;
    return kept || !account ? undefined : '';
  };
  const certificate = draft.security !== 'plain' && draft.clientCertificate.trim() !== '';
  const secrets = {
    password: secret(draft.password, draft.signIn === 'password'),
    identityToken: secret(draft.identityToken.trim(), draft.signIn === 'identityToken'),
    clientKey: secret(draft.clientKey, certificate),
    clientKeyPassphrase:
      // A new key brings its own passphrase, be it none.
      draft.clientKey !== '' ? draft.clientKeyPassphrase : secret(draft.clientKeyPassphrase, certificate),
  };
  return {
    ...(secrets.password !== undefined && { password: secrets.password }),
    ...(secrets.identityToken !== undefined && { identityToken: secrets.identityToken }),
    ...(secrets.clientKey !== undefined && { clientKey: secrets.clientKey }),
    ...(secrets.clientKeyPassphrase !== undefined && { clientKeyPassphrase: secrets.clientKeyPassphrase }),
  };
}

/** Dictionary keys of what is wrong with a field. */
export type DraftProblem =
  | 'addressMissing'
  | 'addressForm'
  | 'usernameMissing'
  | 'tokenMissing'
  | 'secretAgain'
  | 'clientKeyMissing'
  | 'notPem'
  | 'proxyForm'
  | 'uploadChunkForm'
  | 'debugUrlForm'
  | 'apiPathForm';

/** What must be put right before anything is asked of the main side; the engine judges the rest. */
export function problemsOf(
  account: Account | undefined,
  draft: Draft,
): Partial<Record<keyof Draft, DraftProblem>> {
  const problems: Partial<Record<keyof Draft, DraftProblem>> = {};
  const { host } = splitAddress(draft.address);
  if (host === '') problems.address = 'addressMissing';
  else if (/[\s@/?#\\]/.test(host)) problems.address = 'addressForm';

  const kept = keepsSecrets(account, draft);
  if (draft.signIn === 'password') {
    if (draft.username.trim() === '') problems.username = 'usernameMissing';
    if (account?.signIn.kind === 'password' && !kept && draft.password === '')
      problems.password = 'secretAgain';
  }
  if (draft.signIn === 'identityToken' && draft.identityToken.trim() === '') {
    if (account?.signIn.kind !== 'identityToken') problems.identityToken = 'tokenMissing';
    else if (!kept) problems.identityToken = 'secretAgain';
  }
  if (draft.security !== 'plain') {
    for (const field of ['authorities', 'clientCertificate', 'clientKey'] as const) {
      const text = draft[field].trim();
      if (text !== '' && !text.includes('-----BEGIN')) problems[field] = 'notPem';
    }
    if (draft.clientCertificate.trim() !== '' && draft.clientKey.trim() === '') {
      if (!account?.tls.clientCertificate) problems.clientKey = 'clientKeyMissing';
      else if (!kept) problems.clientKey = 'secretAgain';
    }
  }
  if (draft.proxy === 'url' && !/^(?:https?|socks5h?):\/\/[^\s/]+\/?$/i.test(draft.proxyUrl.trim())) {
    problems.proxyUrl = 'proxyForm';
  }
  if (draft.uploadChunk.trim() !== '') {
    const bytes = bytesOf(draft.uploadChunk);
    if (!Number.isSafeInteger(bytes) || bytes < UPLOAD_CHUNK_MIN) problems.uploadChunk = 'uploadChunkForm';
  }
  if (!/^(?:\/[\w~-][\w.~-]*)*$/.test(apiPathOf(draft.apiPath))) problems.apiPath = 'apiPathForm';
  if (draft.debugUrl.trim() !== '' && !/^https?:\/\/[^\s/@?#]+$/i.test(debugUrlOf(draft.debugUrl)))
    problems.debugUrl = 'debugUrlForm';
  return problems;
}
