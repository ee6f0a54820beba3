import { lookAt } from '../endpoints/look.ts';
import { getManifest } from '../endpoints/manifests.ts';
import { putManifest } from '../endpoints/put-manifest.ts';
import { listTags } from '../endpoints/tags.ts';
import type { RegistryClient } from '../http/client.ts';
import { referrersTag } from '../model/attached-tags.ts';
import { digestOf } from '../model/digest.ts';
import { parseManifest, type RawManifest } from '../model/manifest.ts';
import { OCI_INDEX } from '../model/media-types.ts';
import { descriptorOf } from './descriptor-of.ts';
import type { BeforeTag } from './target.ts';

/**
 * The lists of referrers under tags, of a registry that has no API for them.
 *
 * @see OCI distribution-spec 1.1, "Pushing Manifests with Subject"
 */
export class FallbackReferrers {
  readonly #client: RegistryClient;
  readonly #beforeTag: BeforeTag | undefined;
  /** By repository and subject: two referrers at once must not overwrite each other's entry. */
  readonly #noting = new Map<string, Promise<void>>();

  constructor(client: RegistryClient, beforeTag?: BeforeTag) {
    this.#client = client;
    this.#beforeTag = beforeTag;
  }

  /** @throws {RegistryError} */
  async note(repository: string, subject: string, manifest: RawManifest, signal: AbortSignal): Promise<void> {
    const key = `${repository} ${subject}`;
    const before = this.#noting.get(key) ?? Promise.resolve();
    const noted = before.catch(() => {}).then(() => this.#add(repository, subject, manifest, signal));
    this.#noting.set(key, noted);
    await noted;
  }

  async #add(repository: string, subject: string, manifest: RawManifest, signal: AbortSignal): Promise<void> {
    const tag = referrersTag(subject);
    const current = await this.#listAt(repository, tag, signal);
    const index = current && parseManifest(current);
    if (index?.kind === 'index' && index.manifests.some(({ digest }) => digest === manifest.digest)) return;
    // Parsed strictly above; the entries of others keep every field, known to us or not.
    const before: { manifests?: unknown[] } =
      index?.kind === 'index' && current
        ? JSON.parse(new TextDecoder().decode(current.bytes))
        : { schemaVersion: 2, mediaType: OCI_INDEX };
    const document = { ...before, manifests: [...(before.manifests ?? []), descriptorOf(manifest)] };
    const bytes = new TextEncoder().encode(JSON.stringify(document));
    const fallback = { digest: digestOf(bytes), mediaType: OCI_INDEX, bytes };
    await this.#beforeTag?.(repository, tag, fallback.digest, signal);
    await putManifest(this.#client, repository, tag, fallback, { signal });
  }

  /**
   * The list that is there, undefined where there is none. It is never written over unread: others are noted in it.
   *
   * @throws {RegistryError} where it cannot be read and may be there
   */
  async #listAt(repository: string, tag: string, signal: AbortSignal): Promise<RawManifest | undefined> {
    const { found, unseen } = await lookAt(getManifest(this.#client, repository, tag, { signal }));
    if (!unseen) return found;
    const listed = async (): Promise<boolean> => {
      for await (const page of listTags(this.#client, repository, { signal }))
        if (page.includes(tag)) return true;
      return false;
    };
    const known = await lookAt(listed());
    if (known.unseen || known.found) throw unseen;
    return undefined;
  }
}
