import { expect, test } from 'vitest';
import { webAddress } from '../../../src-main/hosts/electron/web-address.ts';

test.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://server/share',
  'ms-msdt:/id',
  'mailto:a@b.example',
  'wharfinger://app/',
  'ssh://-oProxyCommand=x',
  'https://registry.example@evil.example/',
  'not an address',
  '',
])('S12: %s is not opened', (text) => {
  expect(webAddress(text)).toBeUndefined();
});

test('S12: an address of the web is in ASCII, its host as it is looked up', () => {
  expect(webAddress('HTTPS://Charts.example/a b')?.href).toBe('https://charts.example/a%20b');
  expect(webAddress('http://127.0.0.1:8080/')?.host).toBe('127.0.0.1:8080');
  expect(webAddress('https://аpple.example/\u202e')?.href).toBe('https://xn--pple-43d.example/%E2%80%AE');
});
