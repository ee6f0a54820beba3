import { z } from 'zod';
import { REGISTRY_ERRORS } from '../engine/vocabulary/errors.ts';
import { SIDES } from '../engine/vocabulary/transfer.ts';

/** Every way that keeping or finding something on this machine fails. */
const DATA_ERRORS = [
  'diskFull',
  'settingsFile',
  'storageFailed',
  'keychainLocked',
  'keychainUnavailable',
] as const;
export type DataErrorCode = (typeof DATA_ERRORS)[number];

/** The rules of the app. */
const SERVICE_ERRORS = [
  'invalidInput',
  'invalidAddress',
  'certificateFile',
  'accountUnknown',
  'accountExists',
  'readOnly',
  'protectedTag',
  /** The whole app only plans. */
  'dryRun',
  /** So much goes that its name has to be typed. */
  'nameNeeded',
  'planExpired',
  'planStale',
  'consentNeeded',
  'operationUnknown',
  'credentialHelper',
  'busy',
  'unsupported',
  /** The image has nothing at this path. */
  'fileUnknown',
  'storageFailed',
  /** What was kept of a deleted manifest is not what its digest says any more. */
  'trashDamaged',
  /** The trash was emptied of it, or it grew too old. */
  'notInTrash',
  /** The registry's garbage collection has taken what an undo needs. */
  'collected',
  /** What was asked to be kept before it is deleted is more than may be. */
  'keepLimit',
  /** The record of changes was changed or cut off. */
  'auditBroken',
] as const;
export type ServiceErrorCode = (typeof SERVICE_ERRORS)[number];

/**
 * Every way a request can fail. Callers switch on the code and have words in every language for each (`errors.<code>` in the
 * dictionaries); they never parse a message. `internal`: a defect of ours; its words are kept out of what users see.
 */
export const failureCode = z.enum([...REGISTRY_ERRORS, ...DATA_ERRORS, ...SERVICE_ERRORS, 'internal']);
export type FailureCode = z.infer<typeof failureCode>;

/** An error as data: kept in the journal and shown; redacted and capped, without a secret. */
export const failure = z.object({
  /** One that a newer version wrote into the record is no more than that. */
  code: failureCode.catch('internal'),
  /** One English sentence for logs and the command line; the renderer words `code` itself. */
  message: z.string(),
  /** The registry's (or the system's) own words; shown as text, never parsed. */
  reason: z.string().exactOptional(),
  /** Method and URL without credentials and query. */
  request: z.string().exactOptional(),
  /** HTTP status, where there was a reply. */
  status: z.number().int().exactOptional(),
  /** Seconds that the registry asks to wait. */
  retryAfter: z.number().nonnegative().exactOptional(),
  /** In two-sided work: which side failed. */
  side: z.enum(SIDES).exactOptional(),
  /** The repository, tag or digest it is about, as references name it. */
  object: z.string().exactOptional(),
  /** Of `addressRefused`: the host (`host[:port]`) that the user may approve. */
  approvable: z.string().exactOptional(),
  /** Of `unauthorized`: the registry that no one was signed in to. */
  signInAt: z.string().exactOptional(),
  /** Of `unauthorized`: who was refused is a robot account, which may have ended. */
  robot: z.literal(true).exactOptional(),
});
export type Failure = z.infer<typeof failure>;
