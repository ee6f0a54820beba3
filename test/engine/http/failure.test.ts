import { expect, test } from 'vitest';
import { readErrorBody, replyFailure, transportFailure } from '../../../src-main/engine/http/failure.ts';

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  ['ENOTFOUND', 'hostUnknown'],
  ['EAI_AGAIN', 'hostUnknown'],
  ['ECONNREFUSED', 'connectionRefused'],
  ['EHOSTUNREACH', 'connectionRefused'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ECONNRESET', 'connectionLost'],
  ['UND_ERR_SOCKET', 'connectionLost'],
  ['EPIPE', 'connectionLost'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tlsUntrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tlsUntrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsUntrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tlsUntrusted'],
  ['CERT_HAS_EXPIRED', 'tlsExpired'],
  ['CERT_NOT_YET_VALID', 'tlsExpired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsName'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tlsClientCertificate'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tlsClientCertificate'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tlsClientCertificate'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tlsFailed'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tlsFailed'],
  ['ERR_SOMETHING_NEW', 'connectionLost'],
])('%s is %s', (code, expected) => {
  const context = { proxied: false };
  expect(transportFailure(coded(code), 'GET x', context)).toMatchObject({ code: expected, request: 'GET x' });
  // As undici and happy eyeballs wrap it.
  const wrapped = new Error('request failed', { cause: new AggregateError([coded(code)], 'all failed') });
  expect(transportFailure(wrapped, 'GET x', context).code).toBe(expected);
});

test("Node's advice on its own flags is left out", () => {
  const words =
    'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --x';
  const failure = transportFailure(coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE', words), 'GET x', {
    proxied: false,
  });
  expect(failure).toMatchObject({ code: 'tlsUntrusted', reason: 'unable to verify the first certificate' });
});

test('older OpenSSL reports everything as EPROTO, and the words say what', () => {
  const failure = (words: string): string =>
    transportFailure(coded('EPROTO', words), 'GET x', { proxied: false }).code;
  expect(failure('0A00010B:SSL routines:ssl3_get_record:wrong version number')).toBe('tlsFailed');
  expect(failure('0A00045C:SSL routines::tlsv13 alert certificate required')).toBe('tlsClientCertificate');
});

test('through a proxy, what cannot be reached is the proxy', () => {
  const code = (error: Error): string => transportFailure(error, 'GET x', { proxied: true }).code;
  expect(code(coded('ECONNREFUSED'))).toBe('proxyFailed');
  expect(code(coded('ENOTFOUND'))).toBe('proxyFailed');
  expect(code(coded('UND_ERR_ABORTED', 'Proxy response (502) !== 200 when HTTP Tunneling'))).toBe(
    'proxyFailed',
  );
  expect(code(coded('CERT_HAS_EXPIRED'))).toBe('tlsExpired');
});

test('cancelling is reported as such whatever broke by it', () => {
  const context = { proxied: false, signal: AbortSignal.abort() };
  expect(transportFailure(coded('ECONNRESET'), 'GET x', context).code).toBe('cancelled');
});

test.each([
  ['{"errors":[{"code":"DENIED","message":"no"},{"code":"X"}]}', { codes: ['DENIED', 'X'], reason: 'no; X' }],
  ['{"errors":[{"code":7,"message":null}]}', { codes: ['7'], reason: '7' }],
  ['{"errors":"none","message":"gone fishing"}', { codes: [], reason: 'gone fishing' }],
  ['{"details":"incorrect username"}', { codes: [], reason: 'incorrect username' }],
  ['<html><title>Nope</title></html>', { codes: [], reason: 'Nope' }],
  ['plain\nwords', { codes: [], reason: 'plain words' }],
  ['  ', { codes: [] }],
  ['{"errors":[{"code":"X","message":"token=abcdefgh"}]}', { codes: ['X'], reason: 'token=***' }],
])('the error body %j is read', (text, expected) => {
  expect(readErrorBody(text, '')).toEqual(expected);
});

test.each([
  [400, [], 'refused'],
  [400, ['UNSUPPORTED'], 'unsupported'],
  [401, ['DENIED'], 'unauthorized'],
  [403, ['UNAUTHORIZED'], 'denied'],
  [404, ['NAME_UNKNOWN'], 'notFound'],
  [405, ['UNSUPPORTED'], 'unsupported'],
  [409, [], 'conflict'],
  [412, [], 'policyRefused'],
  [418, [], 'refused'],
  [413, [], 'tooLargeToSend'],
  [429, ['TOOMANYREQUESTS'], 'rateLimited'],
  [500, ['UNKNOWN'], 'registryFailed'],
  [501, [], 'unsupported'],
  [503, [], 'registryFailed'],
  [507, [], 'quotaExceeded'],
  [307, [], 'invalidResponse'],
  [299, [], 'invalidResponse'],
])('status %i with %j is %s', (status, codes, expected) => {
  expect(replyFailure('GET x', status, () => undefined, { codes })).toMatchObject({ code: expected, status });
});

test.each([
  ['DELETE', 412, 'PRECONDITION', 'the tag v2 configured as immutable, cannot be deleted', 'immutable'],
  [
    'PUT',
    412,
    'PRECONDITION',
    "Failed to process request due to 'app:v1' configured as immutable.",
    'immutable',
  ],
  ['PUT', 400, 'TAG_IMMUTABLE', '', 'immutable'],
  ['GET', 412, 'PROJECTPOLICYVIOLATION', 'The image is not signed by cosign.', 'policyRefused'],
  [
    'DELETE',
    412,
    'VIOLATE_FOREIGN_KEY_CONSTRAINT',
    'the artifact is referenced by others',
    'stillReferenced',
  ],
  [
    'PUT',
    403,
    'DENIED',
    'Quota exceeded when processing the request of adding 5.0 MiB of storage resource, which when updated to current usage of 8.0 MiB will exceed the configured upper limit of 10.0 MiB.',
    'quotaExceeded',
  ],
  [
    'PUT',
    412,
    'DENIED',
    'adding 5 MiB of storage resource will exceed the configured upper limit of quota',
    'quotaExceeded',
  ],
  ['PUT', 413, '', 'Quota has been reached', 'quotaExceeded'],
  ['POST', 403, 'QUOTA_EXCEEDED', '', 'quotaExceeded'],
  ['PUT', 403, 'DENIED', 'requested access to team/quota is denied', 'denied'],
  ['DELETE', 412, '', '', 'conflict'],
  ['PUT', 409, '', 'changed meanwhile', 'conflict'],
  ['GET', 404, 'NOT_FOUND', 'artifact app:immutable not found', 'notFound'],
])('B9: %s with %i %s %j is %s', (method, status, code, reason, expected) => {
  const words = { codes: code === '' ? [] : [code], ...(reason === '' ? {} : { reason }) };
  expect(replyFailure(`${method} x`, status, () => undefined, words)).toMatchObject({ code: expected });
});
