import type { ComparisonSide, ComparisonStep } from '../../common/comparison.ts';
import type { Platform } from '../../common/image.ts';

type Reading = Extract<ComparisonStep, { kind: 'reading' }>;

/** What is read at the moment, for who waits. */
export class Progress {
  #reading: Omit<Reading, 'kind' | 'read' | 'done' | 'layers'> | undefined;
  #done = 0;
  #layers = 0;

  expect(layers: number): void {
    this.#layers += layers;
  }

  begin(side: ComparisonSide, layer: { digest: string; size: number }, platform?: Platform): void {
    this.#reading = { side, layer: layer.digest, size: layer.size, ...(platform ? { platform } : {}) };
  }

  end(): void {
    this.#done += 1;
  }

  /** @param read bytes of a layer that were read so far */
  step(read: (digest: string) => number): Reading | undefined {
    const reading = this.#reading;
    if (!reading) return undefined;
    const { layer, size } = reading;
    return {
      kind: 'reading',
      ...reading,
      read: Math.min(read(layer), size),
      done: this.#done,
      layers: this.#layers,
    };
  }
}
