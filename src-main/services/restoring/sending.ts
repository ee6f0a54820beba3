import { type Descriptor, forEachLimit, type RegistryClient, uploadBlob } from '../../engine/index.ts';
import type { KeptContent } from './kept-content.ts';

/** Blobs on their way at a time, for each manifest that needs them. */
const SENDS = 4;

/** Sends kept blobs to a registry, each once however many manifests of an undo need it. */
export class Sending {
  readonly #kept: KeptContent;
  readonly #signal: AbortSignal;
  readonly #sent = new Map<string, Promise<unknown>>();

  /** @param signal of the whole undo: what one step sends, others wait for */
  constructor(kept: KeptContent, signal: AbortSignal) {
    this.#kept = kept;
    this.#signal = signal;
  }

  /** Where one of them was not kept nothing is sent: the manifest cannot come back. @returns how many were not kept */
  async send(
    client: RegistryClient,
    repository: string,
    blobs: readonly Pick<Descriptor, 'digest' | 'size'>[],
  ): Promise<number> {
    let lost = 0;
    for (const { digest } of blobs) if (!(await this.#kept.has(digest))) lost++;
    if (lost > 0) return lost;
    await forEachLimit(
      blobs,
      SENDS,
      async (blob) => {
        const key = `${repository} ${blob.digest}`;
        let sent = this.#sent.get(key);
        if (!sent) {
          sent = this.#kept
            .open(blob)
            .then((open) =>
              uploadBlob(client, repository, blob, open, { signal: this.#signal, mayBeThere: true }),
            );
          this.#sent.set(key, sent);
          sent.catch(() => this.#sent.delete(key));
        }
        await sent;
      },
      this.#signal,
    );
    return 0;
  }
}
