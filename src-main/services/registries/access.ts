import type { AccountSettings, Insecurity } from '../../common/account.ts';
import type { Failure } from '../../common/failure.ts';
import type { SecretField, StoredAccount } from '../../data/index.ts';
import { hostOfRegistry } from '../../engine/index.ts';
import { LOOPBACK } from '../../engine/vocabulary.ts';
import { ServiceError } from '../errors.ts';
import { checkCertificates } from '../sign-ins/certificates.ts';
import type { SignIns } from '../sign-ins/index.ts';
import type { SecretKeeper, SecretTexts } from '../sign-ins/secrets.ts';
import type { AccessOverrides } from '../types.ts';
import type { StoredAccounts } from './stored-accounts.ts';

/** How a registry is reached and signed in to, without the secrets. */
export type Access = Pick<AccountSettings, 'url' | 'signIn' | 'tls' | 'proxy' | 'uploadChunk'>;

export interface ResolvedAccess {
  access: Access;
  secrets: SecretTexts;
  /** What of Docker's and Podman's files could not be read or used. */
  problems: Failure[];
}

export interface AccessOptions {
  accounts: StoredAccounts;
  secrets: SecretKeeper;
  signIns: SignIns;
  now: () => Date;
}

/**
 * Settles how a registry is reached: by the flags, beside them by the stored account, and where there is none by what Docker's
 * and Podman's files hold.
 */
export class AccessResolver {
  readonly #options: AccessOptions;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** @throws ServiceError `invalidInput`, `certificateFile`; DataError `keychainLocked`, `keychainUnavailable` */
  async resolve(
    wanted: URL,
    account: StoredAccount | undefined,
    overrides: AccessOverrides,
    repository: string | undefined,
  ): Promise<ResolvedAccess> {
    const secrets: SecretTexts = account
      ? await this.#options.secrets.read(account, replacedBy(overrides))
      : {};
    const access: Access = account
      ? {
          url: account.url,
          signIn: account.signIn,
          tls: account.tls,
          proxy: account.proxy,
          uploadChunk: account.uploadChunk,
        }
      : {
          url: wanted.origin,
          signIn: { kind: 'anonymous' },
          tls: { verify: true },
          proxy: { kind: 'system' },
        };
    const problems: Failure[] = [];
    if (isSaid(overrides)) applySaid(access, secrets, overrides);
    else if (!account) problems.push(...(await this.#applyFound(access, secrets, wanted, repository)));
    const tightened = overrides.verify === true || overrides.authorities !== undefined;
    access.tls = {
      verify: overrides.insecure !== true && (tightened || access.tls.verify),
      authorities: overrides.authorities ?? access.tls.authorities,
      clientCertificate: overrides.clientCertificate ?? access.tls.clientCertificate,
    };
    access.uploadChunk = overrides.uploadChunk ?? access.uploadChunk;
    if (overrides.clientKey !== undefined) secrets.clientKey = overrides.clientKey;
    if (overrides.clientKeyPassphrase !== undefined)
      secrets.clientKeyPassphrase = overrides.clientKeyPassphrase;
    checkCertificates(access.tls, secrets, this.#options.now());
    return { access, secrets, problems };
  }

  /** What Docker's and Podman's files hold for a place. @returns what could not be read or used of them */
  async #applyFound(
    access: Access,
    secrets: SecretTexts,
    wanted: URL,
    repository: string | undefined,
  ): Promise<Failure[]> {
    const plainHttp = wanted.protocol === 'http:' && !LOOPBACK.test(wanted.hostname);
    const secure = plainHttp && this.#options.accounts.on(wanted).find(({ url }) => url.startsWith('https:'));
    // A registry known to speak https is not sent a stored password in the clear, wherever it is stored.
    if (secure)
      return [
        {
          code: 'unauthorized',
          message: `The account for ${secure.url} is not used over plain http: its password could be read on its way.`,
        },
      ];
    const host = hostOfRegistry(wanted);
    const { found, problems } = await this.#options.signIns.lookup({ host, repository, plainHttp });
    if (found?.kind === 'password') {
      access.signIn = { kind: 'password', username: found.username };
      secrets.password = found.password;
    } else if (found) {
      access.signIn = { kind: 'identityToken' };
      secrets.identityToken = found.token;
    }
    return problems;
  }
}

/** How traffic can be read or changed on its way; plain HTTP to this machine has no way to be on. */
export function insecurityOf(access: Pick<Access, 'url' | 'tls'>): Insecurity {
  const { protocol, hostname } = new URL(access.url);
  if (protocol === 'http:') return LOOPBACK.test(hostname) ? 'no' : 'plainHttp';
  return access.tls.verify ? 'no' : 'unverified';
}

/** Stored secrets that flags replace. */
function replacedBy({
  anonymous,
  password,
  identityToken,
  clientCertificate,
  clientKey,
}: AccessOverrides): SecretField[] {
  const signIn = anonymous === true || password !== undefined || identityToken !== undefined;
  const key = clientCertificate !== undefined || clientKey !== undefined;
  return [
    ...(signIn ? (['password', 'identityToken'] as const) : []),
    ...(key ? (['clientKey', 'clientKeyPassphrase'] as const) : []),
  ];
}

function isSaid({ anonymous, identityToken, username }: AccessOverrides): boolean {
  return anonymous === true || identityToken !== undefined || username !== undefined;
}

/** The sign-in that the flags say. */
function applySaid(access: Access, secrets: SecretTexts, overrides: AccessOverrides): void {
  const { identityToken, username, password } = overrides;
  if (overrides.anonymous) {
    access.signIn = { kind: 'anonymous' };
  } else if (identityToken !== undefined) {
    access.signIn = { kind: 'identityToken' };
    secrets.identityToken = identityToken;
  } else if (username !== undefined) {
    const same = access.signIn.kind === 'password' && access.signIn.username === username;
    access.signIn = { kind: 'password', username };
    if (password !== undefined) secrets.password = password;
    else if (!same) throw new ServiceError('invalidInput', `The password of ${username} is missing.`);
  }
}
