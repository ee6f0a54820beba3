import type { Insecurity } from '../../common/account.ts';
import type { Failure } from '../../common/failure.ts';
import type { SecretField, StoredAccount } from '../../data/index.ts';
import { hostOfRegistry, type ReadCredentials } from '../../engine/index.ts';
import { LOOPBACK } from '../../engine/vocabulary/connection.ts';
import { ServiceError } from '../errors.ts';
import { checkCertificates } from '../sign-ins/certificates.ts';
import type { SignIns } from '../sign-ins/index.ts';
import type { SecretKeeper, SecretTexts } from '../sign-ins/secrets.ts';
import type { AccessOverrides } from '../types.ts';
import type { Access } from './client-options.ts';
import type { CredentialReaders } from './credential-readers.ts';
import type { StoredAccounts } from './stored-accounts.ts';

export interface ResolvedAccess {
  access: Access;
  secrets: SecretTexts;
  /** Reads anew what is signed in with; undefined where the flags say it. */
  readCredentials: ReadCredentials | undefined;
  /** What of Docker's and Podman's files could not be read or used. */
  problems: Failure[];
}

export interface AccessOptions {
  accounts: StoredAccounts;
  secrets: SecretKeeper;
  signIns: SignIns;
  readers: CredentialReaders;
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
          debugUrl: account.debugUrl,
          apiPath: account.apiPath,
        }
      : {
          url: wanted.origin,
          signIn: { kind: 'anonymous' },
          tls: { verify: true },
          proxy: { kind: 'system' },
        };
    const problems: Failure[] = [];
    let readCredentials: ReadCredentials | undefined;
    if (isSaid(overrides)) {
      applySaid(access, secrets, overrides);
    } else if (account) {
      readCredentials = this.#options.readers.ofAccount(account.id, account.url);
    } else {
      const looked = await this.#applyFound(access, secrets, wanted, repository);
      problems.push(...looked.problems);
      readCredentials = looked.readCredentials;
    }
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
    return { access, secrets, readCredentials, problems };
  }

  /** What Docker's and Podman's files hold for a place. @returns what could not be read or used of them, too */
  async #applyFound(
    access: Access,
    secrets: SecretTexts,
    wanted: URL,
    repository: string | undefined,
  ): Promise<Pick<ResolvedAccess, 'readCredentials' | 'problems'>> {
    const plainHttp = wanted.protocol === 'http:' && !LOOPBACK.test(wanted.hostname);
    const secure = plainHttp && this.#options.accounts.on(wanted).find(({ url }) => url.startsWith('https:'));
    // A registry known to speak https is not sent a stored password in the clear, wherever it is stored.
    if (secure)
      return {
        readCredentials: undefined,
        problems: [
          {
            code: 'unauthorized',
            message: `The account for ${secure.url} is not used over plain http: its password could be read on its way.`,
          },
        ],
      };
    const place = { host: hostOfRegistry(wanted), repository, plainHttp };
    const { found, problems } = await this.#options.signIns.lookup(place);
    if (found?.kind === 'password') {
      access.signIn = { kind: 'password', username: found.username };
      secrets.password = found.password;
    } else if (found) {
      access.signIn = { kind: 'identityToken' };
      secrets.identityToken = found.token;
    }
    // An anonymous client does not become a signed-in one halfway.
    return { readCredentials: found && this.#options.readers.atPlace(place), problems };
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
