import { expect, test } from 'vitest';
import type { AttachedDocument } from '../../../src-main/common/referrers.ts';
import { documentName, speaksOfAnother } from '../../../src-renderer/referrers/words.ts';

const document: AttachedDocument = {
  digest: `sha256:${'ab'.repeat(32)}`,
  size: 2,
  mediaType: 'application/vnd.in-toto+json',
  topic: 'provenance',
  subjects: [],
  claims: {},
  signers: [],
};

test('a document without a name is called by what it is', () => {
  expect(documentName(document)).toBe('provenance-abababababab.json');
  expect(documentName({ ...document, title: 'a.json' })).toBe('a.json');
  expect(documentName({ ...document, mediaType: 'application/cose' })).toBe('provenance-abababababab');
});

test('a statement speaks of another image only where it names digests, and none is the one', () => {
  const subject = `sha256:${'01'.repeat(32)}`;
  expect(speaksOfAnother(document, subject)).toBe(false);
  expect(speaksOfAnother({ ...document, subjects: [{ name: 'app' }] }, subject)).toBe(false);
  expect(speaksOfAnother({ ...document, subjects: [{ name: 'app', digest: subject }] }, subject)).toBe(false);
  expect(speaksOfAnother({ ...document, subjects: [{ name: 'x', digest: document.digest }] }, subject)).toBe(
    true,
  );
});
