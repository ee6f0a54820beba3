import type { Scan } from '../../common/inventory.ts';
import type { Inventory, SettingsFile } from '../../data/index.ts';
import { isOld, Periodic } from '../periodic.ts';
import type { Registries } from '../registries/index.ts';
import type { Scans } from './index.ts';
import { scanOf } from './kept-scan.ts';

export interface KeepFreshOptions {
  settings: Pick<SettingsFile, 'read'>;
  inventory: Pick<Inventory, 'scans'>;
  registries: Pick<Registries, 'handle'>;
  scans: Pick<Scans, 'scan'>;
  now: () => Date;
}

/** Scans again the registries of those accounts that are to be kept fresh, in hosts that stay open. */
export class KeepFresh {
  readonly #options: KeepFreshOptions;
  readonly #periodic = new Periodic(() => this.look());

  constructor(options: KeepFreshOptions) {
    this.#options = options;
  }

  start(): void {
    this.#periodic.start();
  }

  async close(): Promise<void> {
    await this.#periodic.close();
  }

  /** Begins what is due. What cannot be begun (a locked keychain, another scan at work) is tried the next time. */
  async look(): Promise<void> {
    const { settings, inventory, registries, scans, now } = this.#options;
    for (const { id, keepFresh } of settings.read().accounts) {
      if (keepFresh === undefined) continue;
      try {
        const known = (await inventory.scans({ registry: id })).flatMap((row) => scanOf(row) ?? []);
        if (isDue(known, keepFresh, now().getTime()))
          await scans.scan(await registries.handle(id), { readManifests: false, dates: true });
      } catch {
        // The registry's page shows why.
      }
    }
  }
}

/** Whether the last scan of the whole registry is that old. One that the user has paused waits for the user. */
export function isDue(scans: readonly Scan[], hours: number, now: number): boolean {
  const whole = scans.filter(
    ({ namespace, repository, digestsOnly }) =>
      namespace === undefined && repository === undefined && !digestsOnly,
  );
  return whole.every(({ status, started, ended = started }) => {
    if (status === 'running' || status === 'paused') return false;
    return isOld(ended, { hours, unfinished: status === 'failed' }, now);
  });
}
