import { errors as undiciErrors } from 'undici';
import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import { redact, wordsOfHtml } from '../redact.ts';
import type { RegistryErrorCode } from '../vocabulary/errors.ts';
import { ADDRESS_REFUSED, isApprovable } from './address-guard.ts';
import { parseRetryAfter } from './retry.ts';

/** Bytes of an error body that are read; the rest is dropped with the connection. */
export const ERROR_BODY_MAX = 64 * 1024;

const SYSTEM_CODES: Readonly<Record<string, RegistryErrorCode>> = {
  ENOTFOUND: 'hostUnknown',
  EAI_AGAIN: 'hostUnknown',
  EAI_NODATA: 'hostUnknown',
  EAI_NONAME: 'hostUnknown',
  EAI_FAIL: 'hostUnknown',
  ENODATA: 'hostUnknown',
  ECONNREFUSED: 'connectionRefused',
  EHOSTUNREACH: 'connectionRefused',
  ENETUNREACH: 'connectionRefused',
  EHOSTDOWN: 'connectionRefused',
  EADDRNOTAVAIL: 'connectionRefused',
  EACCES: 'connectionRefused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'connectionLost',
  ECONNABORTED: 'connectionLost',
  EPIPE: 'connectionLost',
  UND_ERR_SOCKET: 'connectionLost',
  UND_ERR_CLOSED: 'cancelled',
  UND_ERR_DESTROYED: 'cancelled',
  UND_ERR_HEADERS_OVERFLOW: 'tooLarge',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connectionLost',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tlsUntrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tlsUntrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tlsUntrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tlsUntrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tlsUntrusted',
  CERT_UNTRUSTED: 'tlsUntrusted',
  CERT_SIGNATURE_FAILURE: 'tlsUntrusted',
  INVALID_CA: 'tlsUntrusted',
  INVALID_PURPOSE: 'tlsUntrusted',
  CERT_REVOKED: 'tlsUntrusted',
  CERT_HAS_EXPIRED: 'tlsExpired',
  CERT_NOT_YET_VALID: 'tlsExpired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tlsName',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'tlsClientCertificate',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'tlsClientCertificate',
  ERR_SSL_SSL_TLSV1_ALERT_UNKNOWN_CA: 'tlsClientCertificate',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'tlsClientCertificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'tlsClientCertificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'tlsClientCertificate',
  ERR_SSL_SSLV3_ALERT_NO_CERTIFICATE: 'tlsClientCertificate',
  [ADDRESS_REFUSED]: 'addressRefused',
};

const SPEAKS_PLAIN = 'The server speaks plain http on this port, not https.';

/** Where the system's own words are codes, or mislead. */
const WORDS: Readonly<Record<string, string>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: SPEAKS_PLAIN,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: SPEAKS_PLAIN,
  ERR_SSL_HTTP_REQUEST: SPEAKS_PLAIN,
  UND_ERR_CONNECT_TIMEOUT: 'No connection within the time allowed.',
  UND_ERR_HEADERS_TIMEOUT: 'No reply within the time allowed.',
  UND_ERR_BODY_TIMEOUT: 'The reply stopped coming.',
  UND_ERR_HEADERS_OVERFLOW: 'The reply has more headers than a registry needs.',
  UND_ERR_SOCKET: 'The connection was closed before the reply ended.',
  ECONNRESET: 'The connection was closed before the reply ended.',
  EPIPE: 'The connection was closed while we were sending.',
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

/** The first error with a code we know: happy eyeballs and undici wrap the one that says something. */
function innermost(error: unknown): { code: string; error: unknown } {
  const seen: unknown[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && seen.length < 12) {
    const next = queue.shift();
    seen.push(next);
    if (next instanceof AggregateError) queue.push(...next.errors);
    if (next instanceof Error && next.cause !== undefined) queue.push(next.cause);
  }
  const known = seen.find((candidate) => {
    const code = codeOf(candidate);
    return (SYSTEM_CODES[code] !== undefined && code !== 'UND_ERR_SOCKET') || isTlsCode(code);
  });
  const chosen = known ?? error;
  return { code: codeOf(chosen), error: chosen };
}

/** Whether the resolver failed on this host (`host[:port]`). */
function isAbout(error: unknown, host: string): boolean {
  const named = error instanceof Error && 'hostname' in error ? error.hostname : undefined;
  return typeof named === 'string' && host.replace(/:\d+$/, '') === named;
}

const isTlsCode = (code: string): boolean =>
  code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO';

/** True where a reply could not be parsed: a server that sends a body to a HEAD shows itself so on the next reply. */
export function isBrokenFraming(error: unknown): boolean {
  return error instanceof RegistryError && error.cause instanceof undiciErrors.HTTPParserError;
}

/** Whether https was spoken to a port that speaks plain http. */
export function speaksPlain({ code, reason }: RegistryError): boolean {
  return code === 'tlsFailed' && reason === SPEAKS_PLAIN;
}

/** Node's advice on its own flags: users do not run Node, and the system's authorities are trusted already. */
function withoutAdvice(words: string): string {
  return words.replace(/; if the root CA is installed locally, .*$/s, '');
}

/** An error of undici, TLS, sockets or the resolver as one of ours; ours pass through. */
export function transportFailure(
  error: unknown,
  request: string,
  { proxied, signal, host }: { proxied: boolean; signal?: AbortSignal | undefined; host?: string },
): RegistryError {
  if (error instanceof RegistryError) return error;
  if (signal?.aborted) return new RegistryError('cancelled', request, { cause: signal.reason });
  const found = innermost(error);
  const own = withoutAdvice(found.error instanceof Error ? found.error.message : String(found.error));
  const reason = redact(WORDS[found.code] ?? own);
  const fail = (code: RegistryErrorCode, words = reason): RegistryError =>
    new RegistryError(code, request, {
      reason: words,
      ...(isApprovable(found.error) ? { approvable: host } : {}),
      cause: error,
    });
  if (proxied && (/prox(?:y|ied)/i.test(own) || found.code === 'UND_ERR_ABORTED')) return fail('proxyFailed');
  const known = SYSTEM_CODES[found.code];
  if (known !== undefined) {
    const reaching =
      known === 'hostUnknown' || known === 'connectionRefused' || found.code === 'UND_ERR_CONNECT_TIMEOUT';
    // A name that is resolved here, before the proxy is asked.
    const ours = host !== undefined && isAbout(found.error, host);
    return fail(proxied && reaching && !ours ? 'proxyFailed' : known);
  }
  if (isTlsCode(found.code)) {
    const wrong = /wrong version number|packet length too long|http request/i.test(own);
    if (wrong) return fail('tlsFailed', SPEAKS_PLAIN);
    if (/certificate required|alert bad certificate|alert unknown ca/i.test(own))
      return fail('tlsClientCertificate');
    return fail('tlsFailed');
  }
  if (error instanceof undiciErrors.HTTPParserError) return fail('invalidResponse', 'The reply is not HTTP.');
  if (error instanceof Error && error.name === 'AbortError') return fail('cancelled');
  return fail('connectionLost');
}

/** Errors of one reply that are looked at. */
const ERRORS_MAX = 20;
const errorEntry = z
  .union([
    z.string().transform((message) => ({ code: '', message })),
    z.object({
      code: z.union([z.string(), z.number()]).transform(String).catch(''),
      message: z.string().nullish().catch(undefined),
    }),
  ])
  .catch({ code: '', message: undefined });
/** Not the specification's, and common: one message on its own. */
const plainBody = z.object({
  message: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  details: z.string().optional().catch(undefined),
});

export interface ErrorWords {
  codes: readonly string[];
  reason?: string;
}

/** The specification's errors that a document holds; undefined where there are none. */
export function errorsWithin(document: unknown): ErrorWords | undefined {
  if (typeof document !== 'object' || document === null || !('errors' in document)) return undefined;
  const { errors } = document;
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const entries = errors.slice(0, ERRORS_MAX).map((entry) => errorEntry.parse(entry));
  const reason = entries
    .slice(0, 3)
    .map(({ code, message }) => (message ? message : code))
    .filter((words) => words !== '')
    .join('; ');
  const codes = entries.map(({ code }) => code.slice(0, 100)).filter((code) => code !== '');
  return { codes, ...(reason === '' ? {} : { reason: redact(reason) }) };
}

/** What an error body says: the specification's codes and messages, else its text without markup. */
export function readErrorBody(text: string, contentType: string): ErrorWords {
  if (text.trim() === '') return { codes: [] };
  try {
    const value: unknown = JSON.parse(text);
    const listed = errorsWithin(value);
    if (listed) return listed;
    const plain = plainBody.safeParse(value);
    const words =
      plain.data?.error_description ?? plain.data?.message ?? plain.data?.details ?? plain.data?.error;
    if (words) return { codes: [], reason: redact(words) };
  } catch {
    // Not JSON, or cut at the cap: the text says what it can.
  }
  const html = contentType.includes('html') || /^\s*</.test(text);
  const reason = redact(html ? wordsOfHtml(text) : text);
  return { codes: [], ...(reason === '' ? {} : { reason }) };
}

const STATUS_CODES: Readonly<Record<number, RegistryErrorCode>> = {
  400: 'refused',
  401: 'unauthorized',
  403: 'denied',
  404: 'notFound',
  405: 'unsupported',
  407: 'proxyFailed',
  408: 'timeout',
  409: 'conflict',
  410: 'notFound',
  412: 'conflict',
  413: 'tooLargeToSend',
  415: 'unsupported',
  423: 'conflict',
  429: 'rateLimited',
  501: 'unsupported',
  507: 'quotaExceeded',
};

const REGISTRY_CODES: Readonly<Record<string, RegistryErrorCode>> = {
  UNSUPPORTED: 'unsupported',
  UNAUTHORIZED: 'unauthorized',
  DENIED: 'denied',
  TOOMANYREQUESTS: 'rateLimited',
  NAME_UNKNOWN: 'notFound',
  MANIFEST_UNKNOWN: 'notFound',
  BLOB_UNKNOWN: 'notFound',
  QUOTA_EXCEEDED: 'quotaExceeded',
};

/** What products mean by refusals that the specification has no code for: by their own codes, else by the words they use. */
const MEANINGS: readonly { code: RegistryErrorCode; codes: readonly string[]; words: RegExp }[] = [
  { code: 'policyRefused', codes: ['PROJECTPOLICYVIOLATION'], words: /\bdue to configured policy\b/i },
  {
    code: 'stillReferenced',
    codes: ['VIOLATE_FOREIGN_KEY_CONSTRAINT', 'MANIFEST_REFERENCED', 'ImageReferencedByManifestList'],
    words: /\breferenced by\b/i,
  },
  {
    code: 'quotaExceeded',
    codes: ['QUOTA_EXCEEDED'],
    // Not "quota" alone, which may be a repository's name.
    words: /\bexceed(?:s|ed|ing)?\b.*\bquota\b|\bquota\b.*\b(?:exceed(?:s|ed|ing)?|full|limit|reached)\b/i,
  },
  { code: 'immutable', codes: ['TAG_IMMUTABLE', 'ImageTagAlreadyExistsException'], words: /\bimmutable\b/i },
];

function meaningOf(status: number, { codes, reason = '' }: ErrorWords): RegistryErrorCode | undefined {
  // Names appear in the words for what was not found, and for missing rights.
  if (![400, 403, 405, 409, 412, 413].includes(status)) return undefined;
  const named = MEANINGS.find((meaning) => meaning.codes.some((code) => codes.includes(code)));
  return (named ?? MEANINGS.find(({ words }) => words.test(reason)))?.code;
}

/** A reply of an unexpected status as an error, with the registry's own words. */
export function replyFailure(
  request: string,
  status: number,
  header: (name: string) => string | undefined,
  words: ErrorWords,
): RegistryError {
  const retryAfter = parseRetryAfter(header('retry-after'));
  const details = { status, reason: words.reason, registryCodes: words.codes, retryAfter };
  const fail = (code: RegistryErrorCode, reason = details.reason): RegistryError =>
    new RegistryError(code, request, { ...details, reason });
  if (/plain http request was sent to https port|http request to an https server/i.test(words.reason ?? ''))
    return fail('tlsFailed', 'The server speaks https on this port, not plain http.');
  if (/no required ssl certificate was sent|the ssl certificate error/i.test(words.reason ?? ''))
    return fail('tlsClientCertificate');
  const meaning = meaningOf(status, words);
  if (meaning) return fail(meaning);
  // We never ask under a condition: only a policy answers so to who only reads (Harbor, and to a HEAD without words).
  if (status === 412 && /^(?:GET|HEAD) /.test(request)) return fail('policyRefused');
  if (status >= 300 && status < 400) {
    const place = header('location');
    return fail('invalidResponse', `The registry redirects${place ? ` to ${redact(place)}` : ''}.`);
  }
  const named = words.codes.map((code) => REGISTRY_CODES[code]).find((code) => code !== undefined);
  // The status decides between signing in and being refused; codes refine what a status leaves open.
  if (
    named !== undefined &&
    (status < 300 || status === 400 || status === 404 || status === 403 || status >= 500)
  ) {
    if (!(status === 403 && named === 'unauthorized')) return fail(named);
  }
  if (status < 300) return fail(words.codes.length === 0 ? 'invalidResponse' : 'registryFailed');
  return fail(STATUS_CODES[status] ?? (status >= 400 && status < 500 ? 'refused' : 'registryFailed'));
}
