import { expect, test } from 'vitest';
import { type DiagnosisStep, diagnose, type RegistryOptions } from '../../../src-main/engine/index.ts';
import { tester } from '../../support/docker-registry.ts';
import { freePort } from '../../support/free-port.ts';
import type { Subject } from '../setup.ts';

/** The last word on each step. */
async function steps(options: RegistryOptions): Promise<Record<string, DiagnosisStep>> {
  const last: Record<string, DiagnosisStep> = {};
  for await (const step of diagnose(options)) last[step.step] = step;
  return last;
}

/** The connection test, step by step. */
export function diagnosing({ abilities, registry }: Subject): void {
  test('a good connection passes, and deleting is reported as it is', async () => {
    const found = await steps(registry().options);
    expect(Object.keys(found)).toEqual(['reach', 'tls', 'protocol', 'signIn', 'list', 'delete']);
    for (const step of ['reach', 'protocol', 'signIn', 'list']) expect(found[step]?.status).toBe('passed');
    expect(found.tls).toMatchObject(
      registry().options.url.startsWith('https:') ? { status: 'passed' } : { finding: 'notNeeded' },
    );
    expect(found.delete).toMatchObject(
      abilities.delete ? { status: 'passed' } : { status: 'warning', finding: 'deleteDisabled' },
    );
  });

  test('nothing listens there', async () => {
    const found = await steps({ ...registry().options, url: `http://127.0.0.1:${await freePort()}` });
    expect(found.reach).toMatchObject({ status: 'failed', failure: { code: 'connectionRefused' } });
    expect(found.protocol).toMatchObject({ status: 'skipped' });
  });

  if (abilities.signIn !== 'none') {
    test('a wrong password fails at signing in', async () => {
      const credentials = { kind: 'password', username: tester.username, password: 'wrong' } as const;
      const found = await steps({ ...registry().options, credentials });
      expect(found.protocol).toMatchObject({ status: 'passed' });
      expect(found.signIn).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
      expect(found.list).toMatchObject({ status: 'skipped' });
    });
  }

  if (abilities.signIn === 'basic') {
    test('an authority that is not trusted fails at TLS, and verification can be left out', async () => {
      const { tls: _, ...untrusting } = registry().options;
      const refused = await steps(untrusting);
      expect(refused.tls).toMatchObject({ status: 'failed', failure: { code: 'tlsUntrusted' } });
      expect(refused.protocol).toMatchObject({ status: 'skipped' });
      const unverified = await steps({ ...untrusting, tls: { verify: false } });
      expect(unverified.tls).toMatchObject({ status: 'warning', finding: 'unverified' });
      expect(unverified.list).toMatchObject({ status: 'passed' });
    });
  }
}
