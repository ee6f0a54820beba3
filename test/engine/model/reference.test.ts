import { expect, test } from 'vitest';
import {
  checkRepository,
  checkTag,
  formatReference,
  hostOfRegistry,
  parseReference,
  parseRegistryAddress,
} from '../../../src-main/engine/index.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', { host: 'docker.io', repository: 'library/nginx' }],
  ['nginx:1.27', { host: 'docker.io', repository: 'library/nginx', tag: '1.27' }],
  ['grafana/grafana', { host: 'docker.io', repository: 'grafana/grafana' }],
  ['index.docker.io/nginx', { host: 'docker.io', repository: 'library/nginx' }],
  ['registry-1.docker.io/a/b', { host: 'docker.io', repository: 'a/b' }],
  ['localhost/a', { host: 'localhost', repository: 'a' }],
  ['localhost:5000/a/b:1', { host: 'localhost:5000', repository: 'a/b', tag: '1' }],
  ['Registry.Example/a', { host: 'registry.example', repository: 'a' }],
  ['[::1]:5000/a:b', { host: '[::1]:5000', repository: 'a', tag: 'b' }],
  [
    `r.example/a__b/c-_d@${DIGEST}`.replace('-_', '--'),
    { host: 'r.example', repository: 'a__b/c--d', digest: DIGEST },
  ],
  [`r.example/a:1@${DIGEST}`, { host: 'r.example', repository: 'a', tag: '1', digest: DIGEST }],
])('%s is a reference', (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
});

test.each([
  '',
  ' nginx',
  'https://r.example/a',
  'r.example/',
  'r.example/A',
  'r.example/a//b',
  'r.example/../etc',
  'r.example/a/.',
  'r.example/a_',
  'r.example/a..b',
  'r.example/a:',
  'r.example/a:.tag',
  'r.example/a:b:c',
  `r.example/a:${'t'.repeat(129)}`,
  `r.example/${'a'.repeat(256)}`,
  'r.example:70000/a',
  'r.example:0/a',
  'r.example/a%2fb',
  'r.example/a?b',
  'r.example/a\u0000',
  '-host.example/a',
])('transfer-23: %j is no reference, and the error says why', (text) => {
  expect(() => parseReference(text)).toThrow(
    expect.objectContaining({ code: 'invalidReference', reason: expect.any(String) }),
  );
});

test('a malformed digest in a reference is reported as one', () => {
  expect(() => parseReference('r.example/a@sha256:abc')).toThrow(
    expect.objectContaining({ code: 'invalidDigest' }),
  );
});

test('an error quotes no control characters and is short', () => {
  const reason = (() => {
    try {
      checkRepository(`a\u001b[31m\u202e${'x'.repeat(200)}`);
    } catch (error) {
      return String(error);
    }
    return '';
  })();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(reason).not.toMatch(/[\u001b\u202e]/);
  expect(reason.length).toBeLessThan(300);
});

test.each([
  ['localhost:5000', 'a repository name is missing'],
  ['127.0.0.1:5050', 'a repository name is missing'],
  ['r.example:443', 'a repository name is missing'],
  ['https://ann:pa55@r.example/a:1', 'A URL is no reference'],
  ['ann:pa55@r.example/a:1', 'User names and passwords do not belong'],
])('%s is reported as what it is, without its password', (text, words) => {
  const error = expect.objectContaining({ code: 'invalidReference', reason: expect.stringContaining(words) });
  expect(() => parseReference(text)).toThrow(error);
  expect(() => parseReference(text)).not.toThrow(/pa55/);
});

test('an address that is none is reported without its password', () => {
  expect(() => parseRegistryAddress('https://ann:pa55@r example')).toThrow(/"…@r example"/);
});

test('a reference is written as it was read', () => {
  for (const text of ['r.example:5000/a/b:1', `r.example/a@${DIGEST}`, `r.example/a:1@${DIGEST}`])
    expect(formatReference(parseReference(text))).toBe(text);
});

test('transfer-23: a tag is checked alone', () => {
  expect(checkTag('v1.0_rc-1')).toBe('v1.0_rc-1');
  for (const tag of ['', '-a', '.a', 'a b', 'a/b', 'a:b']) expect(() => checkTag(tag)).toThrow();
});

test.each([
  ['https://r.example', 'https://r.example'],
  ['https://r.example/', 'https://r.example'],
  ['https://r.example/v2/', 'https://r.example'],
  ['r.example', 'https://r.example'],
  ['R.example:5000', 'https://r.example:5000'],
  ['localhost:5000', 'http://localhost:5000'],
  ['localhost:443', 'http://localhost:443'],
  ['127.0.0.1', 'http://127.0.0.1'],
  ['[::1]:80', 'http://[::1]'],
  ['https://localhost:5000', 'https://localhost:5000'],
  ['docker.io', 'https://registry-1.docker.io'],
])('the address %s means %s', (text, origin) => {
  expect(parseRegistryAddress(text).origin).toBe(origin);
});

test('plain http can be chosen for a bare host', () => {
  expect(parseRegistryAddress('r.example', { plainHttp: true }).origin).toBe('http://r.example');
  expect(parseRegistryAddress('localhost', { plainHttp: false }).origin).toBe('https://localhost');
});

test.each([
  '',
  'ftp://r.example',
  'https://u:p@r.example',
  'https://r.example/path',
  'https://r.example?x=1',
  'http://',
  'a b',
])('%j is no address', (text) => {
  expect(() => parseRegistryAddress(text)).toThrow(expect.objectContaining({ code: 'invalidAddress' }));
});

test('Docker Hub goes by its name in references', () => {
  expect(hostOfRegistry(parseRegistryAddress('docker.io'))).toBe('docker.io');
  expect(hostOfRegistry(parseRegistryAddress('r.example:5000'))).toBe('r.example:5000');
});
