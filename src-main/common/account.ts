import { z } from 'zod';
import { DIAGNOSIS_FINDINGS, DIAGNOSIS_STATES, DIAGNOSIS_STEPS } from '../engine/vocabulary/connection.ts';
import { UPLOAD_CHUNK_MIN } from '../engine/vocabulary/transfer.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { repositoryName } from './place.ts';
import { registrySystem, writeRefusal } from './registry.ts';

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
const tlsChoice = z.object({
  /** False skips verification: the UI shows a lasting warning. */
  verify: z.boolean(),
  /** Certificates of private authorities, trusted beside the system's. */
  authorities: pem.optional(),
  /** Client certificate chain; its key is a secret. */
  clientCertificate: pem.optional(),
});
export type TlsChoice = z.infer<typeof tlsChoice>;

const proxyChoice = z.discriminatedUnion('kind', [
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the environment. */
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('url'), url: z.url().max(2048) }),
]);

export const accountSettings = z.object({
  name: z.string().trim().min(1).max(100),
  /** `https://host[:port]` or `http://host[:port]`; a bare `host[:port]` is completed by the service. */
  url: z.string().trim().min(1).max(2048),
  signIn,
  tls: tlsChoice,
  proxy: proxyChoice,
  /** Most bytes of a blob sent in one request: for proxies that refuse more. Absent: the app finds out and remembers. */
  uploadChunk: z.number().int().min(UPLOAD_CHUNK_MIN).optional(),
  /** `http(s)://host[:port]` of its program's debug port (Distribution): health and metrics are read there. */
  debugUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
  /** Below which the product's own pages and API are, where it shares its host with others (Nexus): `/some/prefix`. */
  apiPath: z
    .string()
    .regex(/^(?:\/[\w~-][\w.~-]*)+$/)
    .max(255)
    .optional(),
  /** The product that it is, where somebody said so; absent: what it shows itself as. */
  chosenSystem: registrySystem.optional(),
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

/** Where an account's secrets are: `session` is lost when the app ends. */
const secretPlace = z.enum(['none', 'keychain', 'session']);
export type SecretPlace = z.infer<typeof secretPlace>;

/** Hours between two scans of a registry that go by themselves while the app is open. */
export const keepFreshHours = z.number().int().min(1).max(720);

/** `v*` in every repository, `team/**:stable` in those that the first part names; `*` is anything but a slash, `**` anything. */
const tagPattern = z.string().trim().min(1).max(400);
export const protectedTags = z.array(tagPattern).max(200);

/** Credentials travel unencrypted (to another machine) or unverified: shown as a lasting warning. */
const insecurity = z.enum(['no', 'plainHttp', 'unverified']);
export type Insecurity = z.infer<typeof insecurity>;

export const account = accountSettings.extend({
  id: accountId,
  /** `host[:port]`, as it is written in references. */
  host: z.string(),
  system: registrySystem,
  /** Its registry takes no writes from anyone, as it was seen last. */
  takesNoWrites: writeRefusal.exactOptional(),
  secrets: secretPlace,
  insecure: insecurity,
  /** Hours between two scans that go by themselves; absent: none do. */
  keepFresh: keepFreshHours.exactOptional(),
  /** Patterns of tags that are neither moved nor deleted, whoever asks; absent: there are none. */
  protectedTags: protectedTags.exactOptional(),
});
export type Account = z.infer<typeof account>;

export const accountRef = z.object({ id: accountId });

/** An account that is to be added. */
export const accountDraft = z.object({ settings: accountSettings, secrets: accountSecrets });

export const accountEdit = accountDraft.extend({ id: accountId });

/** What a connection test is asked for: a draft or, with its id, an account, absent secrets being the stored ones. */
export const accountTrial = accountDraft.extend({ id: accountId.optional() });
export type AccountTrial = z.infer<typeof accountTrial>;

/** Names each account exactly once. */
export const accountOrder = z.object({ ids: z.array(accountId) });

export const accountLock = accountRef.extend({ readOnly: z.boolean() });

export const accountProtection = accountRef.extend({ protectedTags });

export const accountRepository = accountRef.extend({ repository: repositoryName });

const testStepName = z.enum(DIAGNOSIS_STEPS);
export type TestStepName = z.infer<typeof testStepName>;

/** A step of a connection test, when it begins (`running`) and when it ends. */
export const testStep = z.object({
  step: testStepName,
  status: z.enum(DIAGNOSIS_STATES),
  finding: z.enum(DIAGNOSIS_FINDINGS).exactOptional(),
  failure: failure.exactOptional(),
  /** Milliseconds the step took. */
  milliseconds: z.number().nonnegative().exactOptional(),
  /** A detail to show as text: address reached, TLS version, product and version, number of repositories on the first page. */
  detail: z.string().exactOptional(),
});
export type TestStep = z.infer<typeof testStep>;

export const keychainState = z.object({
  state: z.enum(['available', 'locked', 'unavailable']),
  /** The system's own words when not available. */
  reason: z.string().exactOptional(),
});
export type KeychainState = z.infer<typeof keychainState>;

/** A sign-in found in Docker's or Podman's configuration. */
const foundSignIn = z.object({
  /** Stable while the files do not change; given back to `import`. */
  id: z.string(),
  origin: z.enum(['docker', 'podman']),
  /** The file that has it. */
  file: z.string(),
  via: z.enum(['auths', 'credsStore', 'credHelpers']),
  /** Name of the credential helper, where one is used. */
  helper: z.string().exactOptional(),
  host: z.string(),
  username: z.string().exactOptional(),
  /** An account for this host exists already. */
  known: z.boolean(),
  /** Why it cannot be imported (a missing helper, say). */
  failure: failure.exactOptional(),
});
export type FoundSignIn = z.infer<typeof foundSignIn>;

/** What Docker's and Podman's files hold, and what of them could not be read. */
export const foundSignIns = z.object({ found: z.array(foundSignIn), problems: z.array(failure) });
export type FoundSignIns = z.infer<typeof foundSignIns>;

export const signInChoice = z.object({ ids: z.array(z.string()).max(1000) });

/** Each failure is reported; the others are imported. */
export const importedSignIns = z.object({
  imported: z.array(account),
  failed: z.array(z.object({ id: z.string(), failure })),
});
export type ImportedSignIns = z.infer<typeof importedSignIns>;
