import { expect, test } from 'vitest';
import { holdsSecret, isSecretLooking } from '../../../src-main/engine/comparison/secret-looking.ts';

test('secrets are known by their names, or by how they look', () => {
  for (const name of [
    'PASSWORD',
    'DB_PASSWORD',
    'GITHUB_TOKEN',
    'api-key',
    'AWS_SECRET_ACCESS_KEY',
    'com.example.secret',
  ])
    expect(isSecretLooking(name, 'x'), name).toBe(true);
  for (const value of [
    '-----BEGIN RSA PRIVATE KEY-----',
    'AKIAIOSFODNN7EXAMPLE',
    `ghp_${'a'.repeat(36)}`,
    'postgres://user:hunter2@db/app',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
  ])
    expect(isSecretLooking('VALUE', value), value).toBe(true);
  for (const [name, value] of [
    ['PATH', '/usr/bin'],
    ['AUTHOR', 'someone'],
    ['KEYBOARD', 'us'],
    ['URL', 'https://example.test/path'],
    ['TOKEN', ''],
    ['PASSWORD_MIN_LENGTH', '8'],
  ] as const)
    expect(isSecretLooking(name, value), name).toBe(false);
});

test('instructions that set one hold one', () => {
  for (const instruction of [
    'ENV DB_PASSWORD=x',
    'ENV DB_PASSWORD x',
    'RUN |1 API_TOKEN=abc /bin/sh -c make # buildkit',
    'RUN curl --password hunter2 https://example.test',
    'RUN git clone https://user:pw@example.test/a.git',
  ])
    expect(holdsSecret(instruction), instruction).toBe(true);
  for (const instruction of [
    'ENV PATH=/usr/bin',
    'COPY . /app # buildkit',
    'RUN passwd --help',
    'CMD ["/app"]',
  ])
    expect(holdsSecret(instruction), instruction).toBe(false);
});
