import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { servesFolder } from '../../../src-main/local-registry/index.ts';
import { Identity } from '../../../src-main/local-registry/storage/identity.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { call } from '../client.ts';

const challenge = '00112233445566778899aabbccddeeff';

describe('S11: the registry of a folder proves that it is that one', () => {
  test('by a secret of the folder that stays the same', async () => {
    const registry = await startTestRegistry();
    const { folder } = registry.storage;
    expect(await servesFolder(folder, registry.port)).toBe(true);
    expect(await servesFolder(await temporaryFolder(), registry.port)).toBe(false);
    await registry.close();
    expect(await servesFolder(folder, registry.port)).toBe(false);
    const again = await startTestRegistry({ folder });
    expect(await servesFolder(folder, again.port)).toBe(true);
  });

  test('also where it asks for a sign-in, and never without being asked', async () => {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users: { a: 'b' } } });
    expect(await servesFolder(registry.storage.folder, registry.port)).toBe(true);
    const answer = await call(registry, 'GET', '/v2/');
    expect(answer.headers).not.toHaveProperty('wharfinger-proof');
  });

  test('and not for a program that passes its proof on from another port', async () => {
    const registry = await startTestRegistry();
    const relay = createServer((request, response) => {
      const headers = { 'wharfinger-challenge': String(request.headers['wharfinger-challenge']) };
      void call(registry, 'GET', '/v2/', { headers }).then((answer) => {
        response.writeHead(answer.status, answer.headers as Record<string, string>).end(answer.bytes);
      });
    });
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
    whenFinished(() => void relay.close());
    expect(await servesFolder(registry.storage.folder, (relay.address() as AddressInfo).port)).toBe(false);
  });

  test('a challenge that is none is not signed', async () => {
    const identity = await Identity.open(await temporaryFolder());
    expect(identity.prove('anything', '5050')).toBeUndefined();
    const proof = identity.prove(challenge, '5050') ?? '';
    expect(identity.proves(challenge, '5050', proof)).toBe(true);
    expect(identity.proves(challenge, '5051', proof)).toBe(false);
    expect(identity.proves(challenge, '5050', '')).toBe(false);
  });

  test('two that open a folder at once get one secret', async () => {
    const folder = await temporaryFolder();
    const both = await Promise.all([Identity.open(folder), Identity.open(folder)]);
    const later = await Identity.open(folder);
    expect(both.map((identity) => identity.prove(challenge, 'x')).at(-1)).toBeDefined();
    expect(both.some((identity) => identity.prove(challenge, 'x') === later.prove(challenge, 'x'))).toBe(
      true,
    );
  });
});
