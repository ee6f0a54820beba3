/** How requests to a registry are signed in. */
export const AUTH_SCHEMES = ['anonymous', 'basic', 'token'] as const;
export type AuthScheme = (typeof AUTH_SCHEMES)[number];

/** The steps of a connection test, in order; a step after a failed one is `skipped`. */
export const DIAGNOSIS_STEPS = ['reach', 'tls', 'protocol', 'signIn', 'list', 'delete'] as const;
export type DiagnosisStepName = (typeof DIAGNOSIS_STEPS)[number];

export const DIAGNOSIS_STATES = ['running', 'passed', 'warning', 'failed', 'skipped'] as const;
export type DiagnosisState = (typeof DIAGNOSIS_STATES)[number];

/** What a connection test found out of one step. */
export const DIAGNOSIS_FINDINGS = [
  /** The account may not list: repositories can be added by name. */
  'catalogForbidden',
  /** The registry has no list. */
  'catalogMissing',
  'deleteDisabled',
  'deleteDenied',
  'deleteUnknown',
  /** A sign-in is asked for, and none was given. */
  'signInNeeded',
  /** The password is right, and the registry does not accept the tokens that it gives out for it. */
  'tokensRefused',
  /** A robot account is refused: it has ended, was disabled, or has another secret by now. */
  'robotRefused',
  /** Nobody who is not signed in gets anything from this server. */
  'anonymousOff',
  /** The server lets anybody look around, and gives images to those only who are signed in. */
  'anonymousPullOff',
  /** The port speaks plain http, and https was spoken to it. */
  'speaksPlain',
  /** The port speaks https, and plain http was spoken to it. */
  'speaksTls',
  /** Plain http, or no sign-in asked for. */
  'notNeeded',
  /** A sign-in was given that the registry does not ask for, so that it is unknown whether it is right. */
  'signInUnproven',
  /** The certificate was not checked, as the user wished. */
  'unverified',
] as const;
export type DiagnosisFinding = (typeof DIAGNOSIS_FINDINGS)[number];

/**
 * Host names (without port, an IPv6 address with or without brackets) of this machine: registries usually speak plain HTTP there, no
 * one can listen on the way, and no proxy leads to it.
 */
export const LOOPBACK = /^(localhost|.*\.localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i;
