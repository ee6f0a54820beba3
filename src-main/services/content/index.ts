import { basename } from 'node:path';
import type { ContentPlace, EngineImage, ImageName, ReadyDownload } from '../../common/content.ts';
import type { DescribedImage } from '../../common/image.ts';
import type { TagAnswer, TagDetails } from '../../common/tag.ts';
import {
  type ContentTarget,
  type Descriptor,
  describe,
  formatContentReference,
  headOfNamed,
  listEngineImages,
  OCI_CONFIG,
  type OpenedSource,
  openTarget,
  readEngineName,
  recognise,
  summarize,
} from '../../engine/index.ts';
import type { ContentService } from '../core/content.ts';
import { failureOf } from '../failure.ts';
import { detailsOf } from '../tag-details.ts';
import type { CallOptions, ContentHandle, OpenedDownload } from '../types.ts';
import { Downloads } from './downloads.ts';
import { ReceivedFiles } from './received.ts';
import { OpenSources } from './sources.ts';
import { TemporaryFolder } from './temporary.ts';

/** Images outside registries: OCI layouts, archives and the container engine of this machine. */
export class Content implements ContentService {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #temporary: TemporaryFolder;
  readonly #received: ReceivedFiles;
  readonly #downloads: Downloads;
  readonly #sources: OpenSources;

  constructor({ home, environment }: { home: string; environment: NodeJS.ProcessEnv }) {
    this.#environment = environment;
    this.#temporary = new TemporaryFolder(home);
    this.#received = new ReceivedFiles(this.#temporary);
    this.#downloads = new Downloads(this.#temporary);
    this.#sources = new OpenSources(environment, this.#temporary, (place) => this.#received.used(place));
  }

  async engineImages({ signal }: CallOptions = {}): Promise<EngineImage[]> {
    return await listEngineImages({ ...(await this.#options()), signal });
  }

  async recognise(path: string, { signal }: CallOptions = {}): Promise<ContentPlace> {
    return await recognise(path, { ...(await this.#options()), signal });
  }

  async receive(
    chunks: AsyncIterable<Uint8Array>,
    options: CallOptions = {},
  ): Promise<{ path: string; size: number }> {
    return await this.#received.take(chunks, options);
  }

  async prepareDownload(name: string): Promise<string> {
    return await this.#downloads.prepare(name);
  }

  async downloads(): Promise<ReadyDownload[]> {
    return await this.#downloads.ready();
  }

  async openDownload(ticket: string): Promise<OpenedDownload | undefined> {
    return await this.#downloads.open(ticket);
  }

  async names(place: ContentPlace, { signal }: CallOptions = {}): Promise<readonly ImageName[]> {
    return (await this.source(place, signal)).names;
  }

  async onlyDigest(place: ContentPlace, { signal }: CallOptions = {}): Promise<string> {
    return (await this.source(place, signal)).onlyDigest();
  }

  async describe(
    place: ContentPlace,
    repository: string,
    reference: string,
    { signal }: CallOptions = {},
  ): Promise<DescribedImage> {
    const source = await this.source(place, signal);
    const image = await describe(source, repository, reference, { signal });
    return { ...image, pullReference: formatContentReference({ place, repository, reference }) };
  }

  async referrers(
    place: ContentPlace,
    repository: string,
    digest: string,
    { signal }: CallOptions = {},
  ): Promise<readonly Descriptor[]> {
    return await (await this.source(place, signal)).referrers(repository, digest, signal);
  }

  async *tagDetails(
    place: ContentPlace,
    { signal }: CallOptions = {},
  ): AsyncGenerator<{ name: ImageName; answer: TagAnswer }, void, void> {
    if (place.kind === 'engine') {
      yield* engineAnswers(await this.engineImages({ signal }));
      return;
    }
    const source = await this.source(place, signal);
    for (const name of source.names) yield { name, answer: await this.#answer(source, name, signal) };
  }

  handle(place: ContentPlace): ContentHandle {
    // Where a file for a browser lies in the meantime is nothing to anybody.
    const passing = 'path' in place && this.#temporary.holds(place.path);
    const host = formatContentReference({
      place: passing ? { ...place, path: basename(place.path) } : place,
    });
    return {
      place: { content: place, host },
      host,
      readOnly: false,
      protects: () => false,
      source: (signal) => this.source(place, signal),
      target: () => this.target(place),
      lease: () => {
        const releases = [this.#sources.lease(place), this.#downloads.lease(place)];
        return () => {
          for (const release of releases) release();
        };
      },
    };
  }

  /** An open place, closed by this service. @throws {RegistryError} */
  source(place: ContentPlace, signal?: AbortSignal): Promise<OpenedSource> {
    return this.#sources.get(place, signal);
  }

  async target(place: ContentPlace): Promise<ContentTarget> {
    return await openTarget(place, await this.#options());
  }

  async close(): Promise<void> {
    await this.#sources.close();
    this.#downloads.close();
    await this.#temporary.close();
  }

  async #options(): Promise<{ temporary: string; environment: NodeJS.ProcessEnv }> {
    return { temporary: await this.#temporary.path(), environment: this.#environment };
  }

  async #answer(
    source: OpenedSource,
    { repository, tag }: ImageName,
    signal: AbortSignal | undefined,
  ): Promise<TagAnswer> {
    try {
      const head = await headOfNamed(source, repository, tag, signal);
      return { name: tag, details: detailsOf(tag, await summarize(source, repository, head, { signal })) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'cancelled') throw error;
      return { name: tag, failure };
    }
  }
}

/** As its list says: what more there is to know of an image shows only its export. */
function* engineAnswers(images: readonly EngineImage[]): Generator<{ name: ImageName; answer: TagAnswer }> {
  for (const { id, names, size, created } of images) {
    for (const text of names) {
      const name = readEngineName(text);
      const details = { name: name.tag, digest: id, mediaType: OCI_CONFIG, size, created };
      yield { name, answer: { name: name.tag, details: { ...details, ...LISTED } } };
    }
  }
}

const LISTED = { kind: 'image', platforms: [], attested: false } satisfies Partial<TagDetails>;
