import type { Failure, FailureCode } from '../common/failure.ts';
import { DataError } from '../data/index.ts';
import { COMMON_FAILURES, RegistryError, redact } from '../engine/index.ts';
import { ServiceError } from './errors.ts';
import { objectOf } from './failure-object.ts';

const SENTENCES: Readonly<Record<FailureCode, string>> = {
  invalidInput: 'What was given is not valid.',
  invalidReference: 'This is not a valid name of an image.',
  invalidDigest: 'This is not a valid digest.',
  invalidAddress: 'This is not a valid address of a registry.',
  certificateFile: 'A certificate or key cannot be used.',
  hostUnknown: 'The host is not known.',
  connectionRefused: 'The registry refused the connection.',
  connectionLost: 'The connection was lost.',
  timeout: 'The registry did not answer in time.',
  tlsUntrusted: 'The certificate of the registry is not signed by a trusted authority.',
  tlsExpired: 'The certificate of the registry has expired.',
  tlsName: 'The certificate of the registry is for another name.',
  tlsClientCertificate: 'The registry asks for a client certificate or refuses the one given.',
  tlsFailed: 'No secure connection could be made.',
  proxyFailed: 'The proxy could not be used.',
  addressRefused: 'The registry sent us to an address that is not allowed.',
  notARegistry: 'No container registry answers at this address.',
  unauthorized: 'The registry did not accept the sign-in.',
  denied: 'The registry does not allow this.',
  notFound: 'The registry does not have this.',
  unsupported: 'This is not supported here.',
  rateLimited: 'The registry asks to slow down.',
  conflict: 'The registry holds something else here by now.',
  immutable: 'A rule of the registry keeps this tag from being changed or deleted.',
  policyRefused: 'A rule of the project keeps this image from being pulled.',
  stillReferenced: 'Something else in the registry still refers to this.',
  quotaExceeded: 'The quota of the registry is used up.',
  refused: 'The registry refuses this.',
  registryFailed: 'The registry failed.',
  invalidResponse: 'The registry sent something that is not valid.',
  tooLarge: 'The registry sent more than is allowed.',
  tooLargeToSend: 'It is larger than the registry, or a proxy before it, takes.',
  digestMismatch: 'What the registry sent does not match its digest.',
  endlessList: 'The list of the registry does not end.',
  notContent: 'This is not a place of images of the form that it was taken for.',
  contentDamaged: 'The archive or layout is damaged.',
  contentBusy: 'Another program writes there.',
  fileFailed: 'A file cannot be read or written.',
  engineUnreachable: 'No container engine answers.',
  engineFailed: 'The container engine failed.',
  keychainLocked: 'The keychain is locked.',
  keychainUnavailable: 'No keychain answers on this system.',
  credentialHelper: 'A credential helper failed.',
  diskFull: 'The disk is full.',
  settingsFile: 'The settings file cannot be used.',
  storageFailed: 'The data of the app cannot be read or written.',
  collected: 'The layers were collected by the registry: this deletion cannot be undone any more.',
  notInTrash: 'What was deleted is not in the trash any more.',
  keepLimit: 'It is more than may be kept: nothing was deleted.',
  auditBroken: 'The record of changes is not what was written.',
  trashDamaged: 'What was kept of a deleted manifest is damaged.',
  accountUnknown: 'There is no such account.',
  accountExists: 'There is an account for this registry and user already.',
  readOnly: 'The registry is locked read-only.',
  protectedTag: 'The tag is protected: it is neither moved nor deleted.',
  dryRun: 'The app only plans: nothing is started (dry run).',
  nameNeeded: 'So much would go that its name has to be typed.',
  planExpired: 'The plan has expired or was started already.',
  planStale: 'The registry changed since the plan was made.',
  consentNeeded: 'The plan needs a second consent.',
  operationUnknown: 'There is no such operation.',
  fileUnknown: 'The image has no such file.',
  busy: 'This is in use right now.',
  cancelled: 'It was cancelled.',
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
