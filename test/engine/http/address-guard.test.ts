import { expect, test } from 'vitest';
import {
  guardedLookup,
  guardHostname,
  isAllowedAddress,
} from '../../../src-main/engine/http/address-guard.ts';

const NEVER = [
  '169.254.169.254',
  '169.254.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '0.0.0.0',
  '0.1.2.3',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  'ff02::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
];
const PRIVATE = [
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '::1',
  'fd12::1',
  '::ffff:10.0.0.1',
];
const PUBLIC = ['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1', '64:ff9b::5db8:d822'];

test.each(NEVER)('transfer-22: %s is never connected to', (address) => {
  expect(isAllowedAddress(address, 'own')).toBe(false);
  expect(isAllowedAddress(address, 'public')).toBe(false);
});

test.each(PRIVATE)("transfer-22: %s is for the user's own registry only", (address) => {
  expect(isAllowedAddress(address, 'own')).toBe(true);
  expect(isAllowedAddress(address, 'public')).toBe(false);
});

test.each(PUBLIC)('transfer-22: %s is allowed', (address) => {
  expect(isAllowedAddress(address, 'own')).toBe(true);
  expect(isAllowedAddress(address, 'public')).toBe(true);
});

test('transfer-22: what is no address is not connected to', () => {
  expect(isAllowedAddress('999.1.1.1', 'own')).toBe(false);
  expect(isAllowedAddress('', 'own')).toBe(false);
});

test.each([
  'localhost',
  'a.localhost',
  '127.0.0.1',
  '[::1]',
  '10.0.0.1',
  'metadata.google.internal',
  'METADATA.google.internal.',
])('transfer-22: a registry may not send us to %s', (hostname) => {
  expect(() => guardHostname(hostname, 'public')).toThrow();
});

test('transfer-22: the metadata service is refused by name even as a registry of its own', () => {
  expect(() => guardHostname('metadata.google.internal', 'own')).toThrow();
  expect(() => guardHostname('169.254.169.254', 'own')).toThrow();
  expect(() => guardHostname('localhost', 'own')).not.toThrow();
  expect(() => guardHostname('registry.example', 'public')).not.toThrow();
});

function resolve(hostname: string, policy: 'own' | 'public', all: boolean): Promise<unknown> {
  return new Promise((done, fail) => {
    guardedLookup(policy)(hostname, { all }, (error, address) => (error ? fail(error) : done(address)));
  });
}

test('transfer-22: a name is checked by the address it resolves to', async () => {
  await expect(resolve('localhost', 'public', true)).rejects.toMatchObject({
    code: 'WHARFINGER_ADDRESS_REFUSED',
  });
  await expect(resolve('localhost', 'public', false)).rejects.toMatchObject({
    code: 'WHARFINGER_ADDRESS_REFUSED',
  });
  expect(await resolve('localhost', 'own', false)).toMatch(/^(127\.0\.0\.1|::1)$/);
  expect(await resolve('localhost', 'own', true)).toContainEqual(
    expect.objectContaining({ address: '127.0.0.1' }),
  );
});
