import type { ContentSource } from '../content/source.ts';
import type { Descriptor } from '../model/manifest.ts';
import { onSide } from './sides.ts';

/**
 * Which foreign layers go along, and which stay where they are. One that names no other place goes wherever the source holds it:
 * no one else may have it. The others do if `all` are wanted.
 *
 * @throws {RegistryError} of side `source`
 */
export async function sortForeign(
  source: ContentSource,
  repository: string,
  layers: readonly Descriptor[],
  { all, signal }: { all: boolean | undefined; signal: AbortSignal },
): Promise<{ taken: Descriptor[]; left: Descriptor[] }> {
  const taken: Descriptor[] = [];
  const left: Descriptor[] = [];
  for (const layer of layers) {
    const wanted = all || !layer.urls?.length;
    const held = wanted && (await onSide('source', () => source.has(repository, layer.digest, signal)));
    (held ? taken : left).push(layer);
  }
  return { taken, left };
}

/** Layers that a transfer leaves where they are. */
export interface LeftOut {
  count: number;
  bytes: number;
  /** Where their `urls` are; empty where they name none. */
  hosts: string[];
}

/** Hosts that are named; layers of one image are at one or two. */
const HOSTS_MAX = 10;

/** Each digest once. */
export function leftOutOf(items: Iterable<{ readonly leftOut: readonly Descriptor[] }>): LeftOut {
  const layers = new Map<string, Descriptor>();
  const hosts = new Set<string>();
  for (const { leftOut } of items) for (const layer of leftOut) layers.set(layer.digest, layer);
  for (const { urls = [] } of layers.values()) {
    for (const url of urls) if (URL.canParse(url)) hosts.add(new URL(url).host);
  }
  return {
    count: layers.size,
    bytes: [...layers.values()].reduce((sum, { size }) => sum + size, 0),
    hosts: [...hosts].filter((host) => host !== '').slice(0, HOSTS_MAX),
  };
}
