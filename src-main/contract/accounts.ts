import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { failure } from '../common/failure.ts';
import { accountId } from '../common/ids.ts';
import { repositoryName } from '../common/place.ts';
import { SYSTEMS } from '../engine/vocabulary.ts';
import { procedure } from './base.ts';

/** Registry products told apart; `generic` speaks the distribution protocol and nothing else is known of it. */
export const registrySystem = z.enum(SYSTEMS);
export type RegistrySystem = z.infer<typeof registrySystem>;

/** How an account signs in. Secrets are given apart (see `accountSecrets`) and never come back. */
const signIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  /** Basic where the registry asks for Basic, the token service with these where it asks for Bearer. */
  z.object({ kind: z.literal('password'), username: z.string().min(1).max(512) }),
  /** An identity (refresh) token for the registry's token service. */
  z.object({ kind: z.literal('identityToken') }),
]);

const pem = z.string().max(1_000_000);

/** Certificates are kept as PEM text, so that a moved file breaks nothing. */
const tlsOptions = z.object({
  /** False skips verification: the UI shows a lasting warning. */
  verify: z.boolean(),
  /** Certificates of private authorities, trusted beside the system's. */
  authorities: pem.optional(),
  /** Client certificate chain; its key is a secret. */
  clientCertificate: pem.optional(),
});

const proxyChoice = z.discriminatedUnion('kind', [
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment. */
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('url'), url: z.url().max(2048) }),
]);

/** Where an account's secrets are: `session` is lost when the app ends. */
const secretPlace = z.enum(['none', 'keychain', 'session']);

/** Of fewer bytes in one request, asking takes longer than sending. */
export const UPLOAD_CHUNK_MIN = 100_000;

export const accountSettings = z.object({
  name: z.string().trim().min(1).max(100),
  /** `https://host[:port]` or `http://host[:port]`; a bare `host[:port]` is completed by the service. */
  url: z.string().trim().min(1).max(2048),
  signIn,
  tls: tlsOptions,
  proxy: proxyChoice,
  /** Most bytes of a blob sent in one request: for proxies that refuse more. Absent: the app finds out and remembers. */
  uploadChunk: z.number().int().min(UPLOAD_CHUNK_MIN).optional(),
  /** Locked: nothing that changes the registry is planned or started. */
  readOnly: z.boolean(),
  /** Repositories added by name, for registries that do not list them. */
  repositories: z.array(repositoryName).max(10_000),
});
export type AccountSettings = z.infer<typeof accountSettings>;

/**
 * Towards main only. An absent field keeps what is stored, an empty string removes it. A new scheme, host or port keeps nothing:
 * a secret stays with the origin it was given for.
 */
export const accountSecrets = z.object({
  password: z.string().max(65_536).optional(),
  identityToken: z.string().max(65_536).optional(),
  clientKey: pem.optional(),
  clientKeyPassphrase: z.string().max(4096).optional(),
});
export type AccountSecrets = z.infer<typeof accountSecrets>;

export const account = accountSettings.extend({
  id: accountId,
  /** `host[:port]`, as it stands in references. */
  host: z.string(),
  system: registrySystem,
  secrets: secretPlace,
  /** Credentials travel unencrypted (to another machine) or unverified: shown as a lasting warning. */
  insecure: z.enum(['no', 'plainHttp', 'unverified']),
});
export type Account = z.infer<typeof account>;

/** The steps of a connection test, in order; a step after a failed one is `skipped`. */
const testStepName = z.enum(['reach', 'tls', 'protocol', 'signIn', 'list', 'delete']);
export type TestStepName = z.infer<typeof testStepName>;

const testStep = z.object({
  step: testStepName,
  status: z.enum(['running', 'passed', 'warning', 'failed', 'skipped']),
  /**
   * A closed finding the UI has words for. `catalogForbidden`: add repositories by name; `catalogMissing`: the registry has no
   * list; `deleteDisabled`/`deleteDenied`: nothing can be removed; `notNeeded`: plain http or no sign-in asked;
   * `signInUnproven`: the sign-in given is not asked for, so it cannot be told whether it is right.
   */
  finding: z
    .enum([
      'catalogForbidden',
      'catalogMissing',
      'deleteDisabled',
      'deleteDenied',
      'deleteUnknown',
      'notNeeded',
      'signInUnproven',
      'unverified',
    ])
    .optional(),
  failure: failure.optional(),
  /** Milliseconds the step took. */
  milliseconds: z.number().nonnegative().optional(),
  /** A detail to show as text: address reached, TLS version, product and version, number of repositories on the first page. */
  detail: z.string().optional(),
});
export type TestStep = z.infer<typeof testStep>;

const keychainState = z.object({
  state: z.enum(['available', 'locked', 'unavailable']),
  /** The system's own words when not available. */
  reason: z.string().optional(),
});

/** A sign-in found in Docker's or Podman's configuration. */
const foundSignIn = z.object({
  /** Stable while the files do not change; given back to `import`. */
  id: z.string(),
  origin: z.enum(['docker', 'podman']),
  /** The file it stands in. */
  file: z.string(),
  via: z.enum(['auths', 'credsStore', 'credHelpers']),
  /** Name of the credential helper, where one is used. */
  helper: z.string().optional(),
  host: z.string(),
  username: z.string().optional(),
  /** An account for this host exists already. */
  known: z.boolean(),
  /** Why it cannot be imported (a missing helper, say). */
  failure: failure.optional(),
});
export type FoundSignIn = z.infer<typeof foundSignIn>;

export const accounts = {
  list: procedure.output(z.array(account)),
  add: procedure.input(z.object({ settings: accountSettings, secrets: accountSecrets })).output(account),
  update: procedure
    .input(z.object({ id: accountId, settings: accountSettings, secrets: accountSecrets }))
    .output(account),
  /** Removes the account, its secrets and its cached listings; touches nothing on the registry. */
  remove: procedure.input(z.object({ id: accountId })).output(z.void()),
  /** The accounts in their new order; must name each exactly once. */
  reorder: procedure.input(z.object({ ids: z.array(accountId) })).output(z.array(account)),
  setReadOnly: procedure.input(z.object({ id: accountId, readOnly: z.boolean() })).output(account),
  addRepository: procedure.input(z.object({ id: accountId, repository: repositoryName })).output(account),
  removeRepository: procedure.input(z.object({ id: accountId, repository: repositoryName })).output(account),
  /**
   * Tests a draft or (with `id`) an account, absent secrets being the stored ones. Yields each step when it begins and when it
   * ends; changes nothing on the registry.
   */
  test: procedure
    .input(z.object({ id: accountId.optional(), settings: accountSettings, secrets: accountSecrets }))
    .output(eventIterator(testStep)),
  keychain: procedure.output(keychainState),
  /** Looks through Docker's and Podman's files; runs no helper's `get`. */
  findSignIns: procedure.output(z.object({ found: z.array(foundSignIn), problems: z.array(failure) })),
  /** Imports the chosen ones; each failure is told, the others are imported. */
  importSignIns: procedure
    .input(z.object({ ids: z.array(z.string()).max(1000) }))
    .output(z.object({ imported: z.array(account), failed: z.array(z.object({ id: z.string(), failure })) })),
};
