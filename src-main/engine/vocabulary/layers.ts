/** What is odd about a layer whose content can be shown all the same. */
export const LAYER_WARNINGS = [
  /** The config names another digest of the layer without its compression. */
  'diffId',
  /** Entries were left out: their paths lead out of the image, are none, or are longer than any system takes. */
  'oddPaths',
  /** Paths begin with a slash; they are taken without it. */
  'absolutePaths',
  /** Entries of a kind that no file system has were left out. */
  'unknownTypes',
  /** The archive ends without its mark: something may be missing. */
  'noEnd',
  /** The config names another number of layers: nothing that it says can be checked. */
  'configApart',
  /** No digest of its table of contents is known: what it says was not checked. */
  'tocUnverified',
  /** Its table of contents is not what its digest says, or cannot be read; the layer itself was read. */
  'tocRefused',
] as const;

/** Tables of contents that layers carry, by the format. */
export const LAYER_TOCS = ['estargz', 'zstdChunked'] as const;
export type LayerToc = (typeof LAYER_TOCS)[number];

/** What is known of a layer's content: `opaque` is one that is no archive of files. */
export const LAYER_STATES = ['unread', 'read', 'failed', 'opaque'] as const;

/** What a path of an image is. */
export const FILE_TYPES = ['file', 'directory', 'symlink', 'hardlink', 'character', 'block', 'fifo'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** What a layer does to a path, or one image to what another has. */
export const FILE_CHANGES = ['added', 'changed', 'removed'] as const;
export type FileChange = (typeof FILE_CHANGES)[number];
