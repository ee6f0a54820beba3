import { expect, test } from 'vitest';
import { signedPayload } from '../../../src-main/engine/model/schema1.ts';
import { isVouchedFor, manifestDigest } from '../../../src-main/engine/model/vouch.ts';
import { makeSchema1 } from '../../support/schema1.ts';

const signed = makeSchema1('team/old', '1');
const payload = Buffer.from(signedPayload(signed.bytes) ?? []);

/** A document with signatures whose header says that `length` bytes of it and `tail` are what was signed. */
function craft(document: string, length: number, tail: string): Buffer {
  const header = { formatLength: length, formatTail: Buffer.from(tail).toString('base64url') };
  const signature = { protected: Buffer.from(JSON.stringify(header)).toString('base64url') };
  return Buffer.from(document.replace('SIGNATURES', JSON.stringify([signature])));
}

test('S1: the digest of a signed schema 1 manifest is that of its payload', () => {
  const { mediaType, digest, bytes } = signed;
  expect(JSON.parse(payload.toString())).toMatchObject({ name: 'team/old', tag: '1' });
  expect(manifestDigest({ mediaType, bytes })).toBe(digest);
  expect(isVouchedFor({ mediaType, digest, bytes })).toBe(true);
  // Under another media type the same bytes are no such manifest.
  expect(isVouchedFor({ mediaType: 'application/json', digest, bytes })).toBe(false);
});

const text = payload.toString();
const end = text.lastIndexOf('\n}');
test.each([
  ['the payload hidden in the tail', '{"name":"evil","signatures":SIGNATURES}', 1, text.slice(1)],
  ['fields after the payload', `${text.slice(0, end)},"signatures":SIGNATURES,"tag":"evil"}`, end, '\n}'],
  ['fields before the signatures', `${text.slice(0, end)},"tag":"evil","signatures":SIGNATURES}`, end, '\n}'],
  ['something in the tail', `${text.slice(0, end)},"signatures":SIGNATURES}`, end - 5, text.slice(end - 5)],
  ['an object after it', `${text.slice(0, end)},"signatures":SIGNATURES}{}`, end, '\n}'],
  ['a length of nothing', '{"name":"evil","signatures":SIGNATURES}', 0, text],
  ['a length beyond the end', `${text.slice(0, end)},"signatures":SIGNATURES}`, 1e6, '\n}'],
])('S1: a schema 1 manifest with %s is vouched for by nothing', (_, document, length, tail) => {
  const bytes = craft(document, length, tail);
  expect(signedPayload(bytes)).toBeUndefined();
  expect(isVouchedFor({ mediaType: signed.mediaType, digest: signed.digest, bytes })).toBe(false);
});

test('S1: what is no signed manifest has no payload', () => {
  for (const words of [
    '',
    '{}',
    'null',
    '[]',
    '{"signatures":[]}',
    '{"signatures":[{"protected":"!"}]}',
    '\xff',
  ])
    expect(signedPayload(Buffer.from(words, 'latin1'))).toBeUndefined();
});
