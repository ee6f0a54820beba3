import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { addAccount, testCore } from '../../services/support/core.ts';
import { startDockerRegistry } from '../../support/docker-registry.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { Tally } from '../tally.ts';
import { playCleanup, playDeletion, type Stage } from './play.ts';
import { LOCAL_STAGES } from './stages.ts';

vi.setConfig({ testTimeout: 180_000 });

const seed = process.env.WHARFINGER_SEED ?? String(randomInt(1_000_000));

async function stageOf(url: string, kind: Pick<Stage, 'deletes' | 'referrers'>): Promise<Stage> {
  const core = await testCore();
  const { id } = await addAccount(core, { url });
  return { url, core, registry: await core.accounts.handle(id), ...kind };
}

/** Each is named by the seed that plays it again. */
function cases(count: number, stage: () => Promise<Stage>): void {
  let at: Stage;
  const tally = new Tally();
  beforeAll(async () => {
    at = await stage();
  });
  test.each(Array.from({ length: count }, (_, number) => `${seed}.${number}`))(
    'WHARFINGER_SEED=%s',
    async (own) => {
      await playDeletion(own, at, tally);
    },
  );
  test.each(Array.from({ length: Math.ceil(count / 4) }, (_, number) => `${seed}.${number}`))(
    'by rules, WHARFINGER_SEED=%s',
    async (own) => {
      await playCleanup(own, at, tally);
    },
  );
  test('something was deleted, or refused', () => {
    expect(tally.of('deletions') + tally.of('refused')).toBeGreaterThan(0);
  });
}

/** How many of each. */
const COUNTS: Readonly<Record<keyof typeof LOCAL_STAGES, number>> = {
  'deletes by tag': 12,
  'deletes by digest only': 12,
  'does not list referrers': 8,
  'deletes nothing': 2,
};

describe.each(Object.entries(LOCAL_STAGES))('the local registry %s', (name, { limits, ...kind }) => {
  cases(COUNTS[name as keyof typeof COUNTS], async () => {
    const { url } = await startTestRegistry({ limits });
    return await stageOf(url, kind);
  });
});

describeWithPeer('docker-registry', 'docker-registry 2.8', (programs) => {
  cases(4, async () => {
    const { url } = await startDockerRegistry('open', programs);
    return await stageOf(url, { deletes: true, referrers: false });
  });
});

describeWithPeer('distribution-3', 'distribution 3', ({ 'distribution-3': program }) => {
  cases(6, async () => {
    const { url } = await startDockerRegistry('open', { 'docker-registry': program });
    return await stageOf(url, { deletes: true, referrers: false });
  });
});
