import type { Failure, FailureCode } from '../common/failure.ts';
import { DataError } from '../data/index.ts';
import { COMMON_FAILURES, RegistryError, redact } from '../engine/index.ts';
import { ServiceError } from './errors.ts';
import { objectOf } from './failure-object.ts';

const SENTENCES: Readonly<Record<FailureCode, string>> = {
  invalidInput: 'The input is not valid.',
  invalidReference: 'This is not a valid image reference.',
  invalidDigest: 'This is not a valid digest.',
  invalidAddress: 'This is not a valid registry address.',
  certificateFile: 'The certificate or key cannot be read.',
  hostUnknown: 'The host was not found.',
  connectionRefused: 'The registry refused the connection.',
  connectionLost: 'The connection was lost.',
  timeout: 'The registry did not answer in time.',
  tlsUntrusted: 'The registry’s certificate is not trusted.',
  tlsExpired: 'The registry’s certificate has expired or is not valid yet.',
  tlsName: 'The registry’s certificate is for another host name.',
  tlsClientCertificate: 'The registry requires a client certificate, or refused the one provided.',
  tlsFailed: 'No secure connection could be made.',
  proxyFailed: 'The proxy could not be used or refused the request.',
  addressRefused: 'The registry points to a host that is not allowed.',
  notARegistry: 'This address is not a container registry.',
  unauthorized: 'The registry did not accept the sign-in.',
  denied: 'This account is not allowed to do that.',
  notFound: 'Not found on the registry.',
  unsupported: 'This is not supported here.',
  rateLimited: 'Too many requests: the registry asks to slow down.',
  conflict: 'This conflicts with the current state of the registry.',
  alreadyRunning: 'The registry is running this already, one at a time.',
  immutable: 'The tag is immutable by a rule of the registry.',
  policyRefused: 'A rule of the project forbids pulling this image.',
  stillReferenced: 'Something else in the registry still refers to it.',
  quotaExceeded: 'The registry’s storage quota is used up.',
  proxyCache: 'This is a cache of another registry, and nothing can be pushed to it.',
  refused: 'The registry refuses this.',
  registryFailed: 'The registry reported an internal error.',
  invalidResponse: 'The registry’s response is not valid.',
  tooLarge: 'The registry’s response is larger than allowed.',
  tooLargeToSend: 'This is larger than the registry, or a proxy in front of it, accepts.',
  digestMismatch: 'The content does not match its digest.',
  endlessList: 'The registry’s list does not end.',
  notContent: 'There are no readable images here.',
  contentDamaged: 'The archive or layout is damaged.',
  contentBusy: 'Another program is writing there.',
  fileFailed: 'A file cannot be read or written.',
  engineUnreachable: 'No container engine is responding.',
  engineFailed: 'The container engine failed.',
  keychainLocked: 'The system keychain is locked.',
  keychainUnavailable: 'No system keychain is available.',
  credentialHelper: 'A credential helper failed.',
  diskFull: 'The disk is full.',
  settingsFile: 'The settings file cannot be read or written.',
  storageFailed: 'The app’s own data cannot be read or written.',
  collected: 'The registry has already collected the layers, so this deletion can no longer be undone.',
  notInTrash: 'What was deleted is no longer in the trash.',
  keepLimit: 'This is more than can be kept, so nothing was deleted.',
  auditBroken: 'The record of changes has been altered.',
  trashDamaged: 'The saved copy of a deleted manifest is damaged.',
  accountUnknown: 'No such account.',
  accountExists: 'An account for this registry and user already exists.',
  readOnly: 'The registry is locked as read-only.',
  protectedTag: 'The tag is protected: it cannot be moved or deleted.',
  dryRun: 'Dry run: plans can be made but not started.',
  nameNeeded: 'Deleting this much requires typing the name.',
  planExpired: 'The plan has expired or was already started.',
  planStale: 'The registry has changed since the plan was made.',
  consentNeeded: 'The plan needs your explicit consent.',
  operationUnknown: 'No such operation.',
  fileUnknown: 'No such file in the image.',
  busy: 'Busy: something else is still working on it.',
  cancelled: 'Cancelled.',
  internal: 'An internal error occurred.',
};

/** Of `unauthorized`, where no one was signed in. */
const SIGN_IN_ASKED = 'The registry asks for a sign-in.';

/**
 * Any error as data. What is not an error of ours is a defect: its words may hold anything, a secret even, so only its name
 * and the place in our code are reported.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof RegistryError) {
    // Where no registry answered, it is not about one thing of it.
    const object = error.status === undefined ? undefined : objectOf(error.request);
    const sentence = error.signInAt === undefined ? SENTENCES[error.code] : SIGN_IN_ASKED;
    return {
      code: error.code,
      message: object === undefined ? sentence : `${object}: ${sentence}`,
      ...(object === undefined ? {} : { object }),
      ...(error.signInAt === undefined ? {} : { signInAt: error.signInAt }),
      ...(error.robot ? { robot: error.robot } : {}),
      ...(error.reason === undefined ? {} : { reason: error.reason }),
      ...(error.request === '' ? {} : { request: error.request }),
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
      ...(error.side === undefined ? {} : { side: error.side }),
      ...(error.approvable === undefined ? {} : { approvable: error.approvable }),
    };
  }
  if (error instanceof DataError || error instanceof ServiceError) {
    return {
      code: error.code,
      message: SENTENCES[error.code],
      ...(error.reason === undefined ? {} : { reason: redact(error.reason) }),
    };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', message: SENTENCES.cancelled };
  }
  return { code: 'internal', message: SENTENCES.internal, reason: placeOf(error) };
}

/** `TypeError at accounts.ts:12`: where it happened and none of its words. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /([^\\/()\s]+\.[cm]?[jt]s:\d+)(?::\d+)?\)?$/m.exec(
    error.stack?.split('\n    at ').slice(1).join('\n') ?? '',
  );
  return place?.[1] ? `${error.name} at ${place[1]}` : error.name;
}

/**
 * The same failure every time it would be asked again: reaching the registry failed, not this one request, or this machine did.
 * A timeout is one, for what is left would wait as long each; a connection lost under one large blob is not.
 */
const HOPELESS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  ...COMMON_FAILURES,
  'timeout',
  'engineUnreachable',
  'contentBusy',
  'diskFull',
  'storageFailed',
  'internal',
]);

export function isHopeless(code: FailureCode): boolean {
  return HOPELESS.has(code);
}
