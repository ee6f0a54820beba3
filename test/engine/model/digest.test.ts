import { expect, test } from 'vitest';
import { checkDigest, digestOf, isDigest } from '../../../src-main/engine/index.ts';
import { DigestVerifier } from '../../../src-main/engine/model/digest.ts';

const HELLO = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

test('bytes have their sha256 and sha512', () => {
  expect(digestOf(Buffer.from('hello'))).toBe(HELLO);
  expect(digestOf(Buffer.from('hello'), 'sha512')).toMatch(/^sha512:9b71d224bd62f378/);
});

test.each([
  '',
  'sha256:',
  `sha256:${'a'.repeat(63)}`,
  `sha256:${'A'.repeat(64)}`,
  `sha1:${'a'.repeat(40)}`,
  `sha512:${'a'.repeat(64)}`,
  `sha256:${'a'.repeat(64)}\n`,
  `sha256:../../../../${'a'.repeat(52)}`,
  `md5:${'a'.repeat(32)}`,
])('CVE-2024-3727: %j is no digest, and never reaches a path', (text) => {
  expect(isDigest(text)).toBe(false);
  expect(() => checkDigest(text)).toThrow(expect.objectContaining({ code: 'invalidDigest' }));
});

test('a stream is verified over its chunks', () => {
  const verifier = new DigestVerifier(HELLO, 5);
  verifier.update(Buffer.from('hel'), 'GET x');
  expect(verifier.received).toBe(3);
  verifier.update(Buffer.from('lo'), 'GET x');
  verifier.finish('GET x');
});

test('too many bytes fail at once, too few and others at the end', () => {
  const more = new DigestVerifier(HELLO, 5);
  expect(() => more.update(Buffer.from('hello!'), 'GET x')).toThrow(
    expect.objectContaining({ code: 'digestMismatch' }),
  );
  const fewer = new DigestVerifier(HELLO, 5);
  fewer.update(Buffer.from('hell'), 'GET x');
  expect(() => fewer.finish('GET x')).toThrow(expect.objectContaining({ code: 'digestMismatch' }));
  const other = new DigestVerifier(HELLO, 5);
  other.update(Buffer.from('hallo'), 'GET x');
  expect(() => other.finish('GET x')).toThrow(expect.objectContaining({ code: 'digestMismatch' }));
});

test('transfer-11: bytes that come again are not hashed again', () => {
  const verifier = new DigestVerifier(HELLO, 5);
  verifier.update(Buffer.from('hell'), 'GET x', 0);
  verifier.update(Buffer.from('ell'), 'GET x', 1);
  expect(verifier.received).toBe(4);
  verifier.update(Buffer.from('llo'), 'GET x', 2);
  verifier.finish('GET x');
  verifier.finish('GET x');
});

test('transfer-13: from a later place on the size is verified, and the digest left to who has the rest', () => {
  const verifier = new DigestVerifier(HELLO, 5, 3);
  verifier.update(Buffer.from('l'), 'GET x');
  expect(() => verifier.finish('GET x')).toThrow(expect.objectContaining({ code: 'digestMismatch' }));
  verifier.update(Buffer.from('o'), 'GET x');
  verifier.finish('GET x');
});
