import { z } from 'zod';

/**
 * Every way a request of the renderer can fail. The renderer switches on the code and has words in every language for each
 * (`errors.<code>` in the dictionaries); it never parses a message.
 */
export const failureCode = z.enum([
  // What the user gave
  'invalidInput',
  'invalidReference',
  'invalidDigest',
  'invalidAddress',
  'certificateFile',
  // Reaching a registry
  'hostUnknown',
  'connectionRefused',
  'connectionLost',
  'timeout',
  'tlsUntrusted',
  'tlsExpired',
  'tlsName',
  'tlsClientCertificate',
  'tlsFailed',
  'proxyFailed',
  'addressRefused',
  // What the registry said
  'notARegistry',
  'unauthorized',
  'denied',
  'notFound',
  'unsupported',
  'rateLimited',
  'conflict',
  'immutable',
  'policyRefused',
  'stillReferenced',
  'quotaExceeded',
  'refused',
  'registryFailed',
  // What it sent
  'invalidResponse',
  'tooLarge',
  'tooLargeToSend',
  'digestMismatch',
  'endlessList',
  // This machine
  'keychainLocked',
  'keychainUnavailable',
  'credentialHelper',
  'diskFull',
  'settingsFile',
  'storageFailed',
  'trashDamaged',
  'collected',
  // The rules of the app
  'accountUnknown',
  'accountExists',
  'readOnly',
  'planExpired',
  'planStale',
  'consentNeeded',
  'operationUnknown',
  'busy',
  'cancelled',
  'internal',
]);
export type FailureCode = z.infer<typeof failureCode>;

/** What went wrong, ready to be shown; carries no secret. */
export const failure = z.object({
  /** One that a newer version wrote into the record is no more than that. */
  code: failureCode.catch('internal'),
  /** One English sentence for logs and the command line; the renderer words `code` itself. */
  message: z.string(),
  /** The registry's (or the system's) own words, redacted and capped; shown as text, never parsed. */
  reason: z.string().optional(),
  /** Method and URL without credentials and query. */
  request: z.string().optional(),
  /** HTTP status, where there was a reply. */
  status: z.number().int().optional(),
  /** In two-sided work: which side failed. */
  side: z.enum(['source', 'target']).optional(),
  /** The repository, tag or digest it is about, as references name it. */
  object: z.string().optional(),
  /** Of `addressRefused`: the host (`host[:port]`) that the user may approve. */
  approvable: z.string().optional(),
  /** Of `unauthorized`: the registry that nobody was signed in to. */
  signInAt: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;

/** The one error every procedure can give; merged into each contract by `procedure` in base.ts. */
export const errors = { FAILED: { status: 500, data: failure } } as const;
