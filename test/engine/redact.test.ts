import { expect, test } from 'vitest';
import { describeRequest, redact, wordsOfHtml } from '../../src-main/engine/redact.ts';
import { SecretGuard } from '../../src-main/engine/secrets.ts';

test('a request is named without user, query and fragment', () => {
  const url = new URL('https://me:secret@storage.example/a/b?X-Amz-Signature=abc#f');
  expect(describeRequest('GET', url)).toBe('GET https://storage.example/a/b');
});

test.each([
  'Authorization: Bearer abcdef123456',
  'got Basic dXNlcjpwYXNz from you',
  'token eyJhbGciOi.eyJzdWIi.c2ln is bad',
  'https://user:hunter2@host/path',
  'https://s3.example/x?X-Amz-Signature=deadbeef&a=b',
  '{"password":"hunter2"}',
  'access_token=abcdef',
  'the word s3cr3t-word was wrong',
])('%j loses its secret', (text) => {
  const guard = new SecretGuard();
  guard.add(['s3cr3t-word']);
  const words = redact(text);
  guard.release();
  expect(words).toContain('***');
  for (const secret of ['abcdef', 'dXNlcjpwYXNz', 'eyJ', 'hunter2', 'deadbeef', 's3cr3t-word'])
    expect(words).not.toContain(secret);
});

test('words are short and plain', () => {
  const words = redact(`a\u0000\u001b[31mb\u202ec${' x'.repeat(5000)}`);
  expect(words.length).toBeLessThanOrEqual(500);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(words).not.toMatch(/[\u0000-\u001f\u202e]/);
});

test('a web page is reported by its title, else by its words', () => {
  expect(wordsOfHtml('<html><head><title>502 Bad Gateway</title></head><body>x</body></html>')).toBe(
    '502 Bad Gateway',
  );
  expect(wordsOfHtml('<body><script>evil()</script><h1>Sorry</h1></body>')).toBe('Sorry');
});
