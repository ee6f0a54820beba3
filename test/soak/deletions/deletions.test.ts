import { beforeAll, describe, expect, test, vi } from 'vitest';
import { addAccount, testCore } from '../../services/support/core.ts';
import { startDockerRegistry } from '../../support/docker-registry.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { SEEDS } from '../seeds.ts';
import { Tally } from '../tally.ts';
import { playCleanup, playDeletion, type Stage } from './play.ts';
import { LOCAL_STAGES } from './stages.ts';

vi.setConfig({ testTimeout: 180_000 });

async function stageOf(url: string, kind: Pick<Stage, 'deletes' | 'referrers'>): Promise<Stage> {
  const core = await testCore();
  const { id } = await addAccount(core, { url });
  return { url, core, registry: await core.accounts.handle(id), ...kind };
}

/** So many of each seed; each is named by what plays it again. */
const drawn = (count: number): string[] =>
  SEEDS.flatMap((seed) => Array.from({ length: count }, (_, number) => `${seed}.${number}`));

function cases(count: number, stage: () => Promise<Stage>): void {
  let at: Stage;
  const tally = new Tally();
  beforeAll(async () => {
    at = await stage();
  });
  test.each(drawn(count))('WHARFINGER_SEED=%s', async (own) => {
    await playDeletion(own, at, tally);
  });
  test.each(drawn(Math.ceil(count / 4)))('by rules, WHARFINGER_SEED=%s', async (own) => {
    await playCleanup(own, at, tally);
  });
  test('something was deleted, or refused', () => {
    expect(tally.of('deletions') + tally.of('refused')).toBeGreaterThan(0);
  });
}

/** How many of each seed. */
const COUNTS: Readonly<Record<keyof typeof LOCAL_STAGES, number>> = {
  'deletes by tag': 6,
  'deletes by digest only': 6,
  'does not list referrers': 4,
  'deletes nothing': 1,
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
  cases(4, async () => {
    const { url } = await startDockerRegistry('open', { 'docker-registry': program });
    return await stageOf(url, { deletes: true, referrers: false });
  });
});
