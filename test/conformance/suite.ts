import { beforeAll, describe } from 'vitest';
import { copying } from './sections/copying.ts';
import { deleting } from './sections/deleting.ts';
import { diagnosing } from './sections/diagnosing.ts';
import { listing } from './sections/listing.ts';
import { reading } from './sections/reading.ts';
import { signingIn } from './sections/signing-in.ts';
import { uploading } from './sections/uploading.ts';
import type { Setup, TestedRegistry } from './setup.ts';

const sections = { 'signing in': signingIn, listing, reading, uploading, copying, deleting, diagnosing };

/** Gitea makes its database first, which took 38 s on a busy machine. */
export const START_TIMEOUT_MS = 180_000;

/** The conformance tests: the same for every registry and set-up. One registry is started for all of them. */
export function conformanceSuite(title: string, setup: Setup): void {
  describe(title, () => {
    let started: TestedRegistry | undefined;
    beforeAll(async () => {
      started = await setup.start();
    }, START_TIMEOUT_MS);
    const registry = () => {
      if (started === undefined) throw new Error('The registry did not start');
      return started;
    };
    for (const [name, section] of Object.entries(sections)) {
      describe(name, () => section({ abilities: setup.abilities, registry }));
    }
  });
}
