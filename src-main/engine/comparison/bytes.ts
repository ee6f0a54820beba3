import type { SideImage } from './image.ts';

export interface SideBytes {
  left: number;
  right: number;
  /** Of blobs that both have. */
  shared: number;
  /** Of blobs that one of them has. */
  differing: number;
}

/** Bytes of configurations and layers, each blob once. */
export function bytesOfSides(left: readonly SideImage[], right: readonly SideImage[]): SideBytes {
  const [ones, others] = [blobsOf(left), blobsOf(right)];
  const bytes = { left: 0, right: 0, shared: 0, differing: 0 };
  for (const [digest, size] of ones) {
    bytes.left += size;
    if (others.has(digest)) bytes.shared += size;
  }
  for (const size of others.values()) bytes.right += size;
  return { ...bytes, differing: bytes.left + bytes.right - 2 * bytes.shared };
}

function blobsOf(images: readonly SideImage[]): Map<string, number> {
  return new Map(
    images.flatMap(({ config, layers }) => [
      ...(config ? [[config.digest, config.size] as const] : []),
      ...layers.map(({ digest, size }) => [digest, size] as const),
    ]),
  );
}
