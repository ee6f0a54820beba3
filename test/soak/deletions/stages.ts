import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RegistryLimits, startLocalRegistry } from '../../../src-main/local-registry/index.ts';
import { openCore } from '../../support/own-core.ts';
import type { Tally } from '../tally.ts';
import { playCleanup, playDeletion, type Stage } from './play.ts';

/** What the local registry is made to do, and what is known of it then. */
interface LocalStage extends Pick<Stage, 'deletes' | 'referrers'> {
  readonly limits: RegistryLimits;
}

export const LOCAL_STAGES = {
  'deletes by tag': { limits: {}, deletes: true, referrers: true },
  'deletes by digest only': { limits: { deleteByTag: false }, deletes: true, referrers: true },
  'does not list referrers': { limits: { referrers: false }, deletes: true, referrers: false },
  'deletes nothing': { limits: { delete: false }, deletes: false, referrers: true },
} as const satisfies Readonly<Record<string, LocalStage>>;

/** Cases at local registries of every kind, in turns: for a soak, outside the tests. */
export async function localStages(): Promise<{
  play: (seed: string, tally: Tally) => Promise<void>;
  close: () => Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-soak-'));
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closing.reverse()) await one();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const stages: Stage[] = [];
    for (const [name, { limits, ...kind }] of Object.entries(LOCAL_STAGES)) {
      const registry = await startLocalRegistry({ folder: path.join(folder, name), limits });
      closing.push(() => registry.close());
      const core = await openCore(path.join(folder, `${name}, home`));
      closing.push(() => core.close());
      stages.push({
        url: registry.url,
        core,
        registry: await core.accounts.forHost(registry.url, {}),
        ...kind,
      });
    }
    const play = async (seed: string, tally: Tally) => {
      const number = Number(seed.split('.').at(-1));
      const stage = stages[number % stages.length];
      const play = Math.floor(number / stages.length) % 2 === 0 ? playDeletion : playCleanup;
      if (stage) await play(seed, stage, tally);
      tally.add('scenarios');
    };
    return { play, close };
  } catch (error) {
    await close();
    throw error;
  }
}
