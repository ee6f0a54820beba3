import { z } from 'zod';
import {
  type CollectOutcome,
  type CollectSubject,
  collectOutcome,
  collectSubject,
} from '../../common/collection.ts';
import { accountOf } from '../../common/place.ts';
import type { Inventory } from '../../data/index.ts';
import type { Collected, CollectionProgress, CollectionService } from '../../local-registry/index.ts';
import type { Meter, OperationKind } from '../operations/kind.ts';
import { LEFT_ALONE, type NumberedStep, notedOf } from '../operations/steps.ts';

/** A manifest without a tag, or all that no repository needs. */
const collectStep = z.discriminatedUnion('state', [
  z.object({ state: z.literal('manifest'), repository: z.string(), digest: z.string() }),
  z.object({ state: z.literal('unused') }),
]);
type CollectStep = z.infer<typeof collectStep>;

/** Runs work with the embedded registry's collector. */
export type Collecting = <T>(work: (collector: CollectionService) => Promise<T>) => Promise<T>;

/** A garbage collection of the embedded registry: what goes is gone for good. */
export function collectKind({
  collecting,
  inventory,
}: {
  collecting: Collecting;
  inventory: Inventory;
}): OperationKind<CollectSubject, CollectStep> {
  return {
    name: 'collect',
    subject: collectSubject,
    step: collectStep,
    goesOn: false,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ place, untagged }) =>
      `collect garbage of ${place.host}${untagged ? ', manifests without a tag too' : ''}`,
    changes: (step) =>
      step.state === 'manifest'
        ? [{ repository: step.repository, tag: null, before: step.digest, after: null }]
        : [],
    outcome: (result) => notedOf(collectOutcome, result),
    async run(steps, { subject, signal, measure, moved }) {
      const open: NumberedStep<CollectStep>[] = [];
      for await (const page of steps.pages()) open.push(...page);
      const manifests = open.flatMap(({ step }) => (step.state === 'manifest' ? [step] : []));
      const meter = new CollectMeter(subject, steps.total);
      measure(meter);
      const collected = await collecting((collector) =>
        collector.collect({
          untagged: manifests.map(({ repository, digest }) => ({ repository, digest })),
          signal,
          report(progress) {
            meter.progress = progress;
            moved();
          },
        }),
      );
      const spared = new Set(collected.spared.map(nameOf));
      const account = accountOf(subject.place);
      if (account !== undefined)
        for (const [repository, gone] of Map.groupBy(collected.manifests, (one) => one.repository))
          void inventory.removeManifests(
            account,
            repository,
            gone.map(({ digest }) => digest),
          );
      meter.collected = collected;
      for (const { number, step } of open) {
        const left = step.state === 'manifest' && spared.has(nameOf(step));
        const result = step.state === 'unused' ? JSON.stringify(outcomeOf(collected)) : 'collected';
        steps.done(number, left ? LEFT_ALONE : result);
      }
      return steps.outcome();
    },
  };
}

class CollectMeter implements Meter {
  progress: CollectionProgress | undefined;
  collected: Collected | undefined;
  readonly #subject: CollectSubject;
  readonly #steps: number;

  constructor(subject: CollectSubject, steps: number) {
    this.#subject = subject;
    this.#steps = steps;
  }

  read() {
    // Repositories are looked through before content goes.
    const bytes = this.collected?.bytes ?? this.progress?.bytes ?? 0;
    return {
      steps: { done: this.collected ? this.#steps : 0, total: this.#steps },
      bytes: { done: bytes, total: Math.max(bytes, this.collected ? 0 : this.#subject.bytes) },
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: 0,
      rate: 0,
    };
  }

  details() {
    const done = this.collected ? this.#steps : 0;
    return { items: { done, failed: 0, total: this.#steps }, active: [] };
  }
}

function outcomeOf({ manifests, blobs, uploads, drafts, bytes, kept, disk }: Collected): CollectOutcome {
  return { manifests: manifests.length, blobs, uploads, drafts, bytes, kept, disk };
}

function nameOf({ repository, digest }: { repository: string; digest: string }): string {
  return `${repository}@${digest}`;
}
