import type { ImagePackage } from '../image-package.ts';

/** What a written SBOM is of, and by whom. */
export interface DescribedImage {
  /** `host/repository`, or the place of an image outside registries. */
  name: string;
  digest: string;
  /** Digests of its layers, base first. */
  layers: readonly string[];
  /** The distribution that its files are of. */
  release?: { id: string; version?: string; name?: string } | undefined;
  packages: readonly ImagePackage[];
}

/** What makes documents differ that say the same. */
export interface Making {
  /** Of ours. */
  version: string;
  now: Date;
  /** A UUID of its own. */
  id: string;
}

/** The URL of an image by its digest. @see https://github.com/package-url/purl-spec, "oci" */
export function imagePurl({ name, digest }: DescribedImage): string {
  const short = name.split('/').at(-1)?.split(':', 1)[0]?.toLowerCase() || 'image';
  return `pkg:oci/${encodeURIComponent(short)}@${encodeURIComponent(digest)}?repository_url=${encodeURIComponent(name)}`;
}

/** Seconds, as both formats want them. */
export const instantOf = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

/** An object whose last member is a list, its elements one by one: no document of a hundred thousand packages is held. */
export function* members(name: string, elements: Iterable<object>): Generator<string, void, void> {
  let before = `,"${name}":[\n`;
  for (const element of elements) {
    yield before + JSON.stringify(element);
    before = ',\n';
  }
  yield before === ',\n' ? ']' : `${before}]`;
}
