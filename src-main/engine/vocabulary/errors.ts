/** Every way the engine fails. Callers switch on `code`, never on `message`. */
export const REGISTRY_ERRORS = [
  // What the caller gave
  'invalidReference',
  'invalidDigest',
  'invalidAddress',
  'certificateFile',
  /** Whoever calls wants the tag to stay as it is. */
  'protectedTag',
  // Reaching the registry
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
  // What it said
  'notARegistry',
  'unauthorized',
  'denied',
  'notFound',
  'unsupported',
  'rateLimited',
  'conflict',
  /** The registry runs one of these at a time, and one runs. */
  'alreadyRunning',
  /** A rule keeps the tag as it is. */
  'immutable',
  /** A rule of the project keeps the content from being pulled: unsigned, vulnerable, not scanned. */
  'policyRefused',
  /** Something else there still needs it: an index its child, say. */
  'stillReferenced',
  'quotaExceeded',
  /** Pulls fill it from another registry; nothing is pushed to it. */
  'proxyCache',
  /** It understood, and does not do it, for a reason that has no code. */
  'refused',
  'registryFailed',
  // What it sent
  'invalidResponse',
  'tooLarge',
  /** What we sent, and not what came. */
  'tooLargeToSend',
  'digestMismatch',
  'endlessList',
  'cancelled',
  // Content outside registries
  /** It is not of the form that it was taken for. */
  'notContent',
  /** Truncated, contradicting itself, leading out of its place: nothing of it is used. */
  'contentDamaged',
  /** Another program writes there. */
  'contentBusy',
  /** The system refused to read or write a file. */
  'fileFailed',
  /** No container engine answers. */
  'engineUnreachable',
  'engineFailed',
] as const;
export type RegistryErrorCode = (typeof REGISTRY_ERRORS)[number];
