import { expect, test } from 'vitest';
import { compareFindings, isAtLeast, orderFindings } from '../../src-main/common/findings.ts';
import type { Finding } from '../../src-main/common/product-said.ts';

const finding = (id: string, of: Partial<Finding> = {}): Finding => ({
  id,
  package: 'openssl',
  version: '1',
  severity: 'low',
  links: [],
  ...of,
});

test('the most severe come first, the newest of one severity before others', () => {
  const found = [finding('CVE-1'), finding('CVE-2', { severity: 'critical' }), finding('CVE-3')];
  expect(orderFindings(found).map(({ id }) => id)).toEqual(['CVE-2', 'CVE-3', 'CVE-1']);
  expect(isAtLeast('critical', 'high')).toBe(true);
  expect(isAtLeast('medium', 'high')).toBe(false);
});

test('a flaw that an update leaves is in both; in another package it is another one', () => {
  const before = [finding('CVE-1'), finding('CVE-2'), finding('CVE-2', { package: 'zlib' })];
  const after = [finding('CVE-1', { version: '2' }), finding('CVE-3')];
  const changes = compareFindings(before, after).map(({ id, package: name, change }) => [id, name, change]);
  expect(changes).toEqual([
    ['CVE-3', 'openssl', 'added'],
    ['CVE-2', 'openssl', 'fixed'],
    ['CVE-2', 'zlib', 'fixed'],
    ['CVE-1', 'openssl', 'same'],
  ]);
});
