export type LayerEntryType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'character'
  | 'block'
  | 'fifo'
  /** What lay at the path in the layers below is gone. */
  | 'whiteout'
  /** What lay in the directory in the layers below is gone. */
  | 'opaque';

/** What a layer says of one path. @see OCI image-spec 1.1, "Image Layer Filesystem Changeset" */
export interface LayerEntry {
  /** Normalised: no leading slash, no `..`; the root is empty. Of a whiteout what it takes away, without the mark. */
  path: string;
  type: LayerEntryType;
  /** Bytes of a file as it is read, holes included; 0 of what is no file. */
  size: number;
  /** Permissions, without the kind of file. */
  mode: number;
  uid: number;
  gid: number;
  /** Unix seconds, with a fraction where the archive has one. */
  modified: number;
  /** Of a symbolic link its target as written; of a hard link the path, normalised, whose content it shares. */
  link?: string;
  /** Of its extended attributes, and of a device its numbers: the same for the same. Absent where it has none. */
  attributes?: number;
  /** Of a file: it is stored without its holes. */
  sparse?: true;
}

/**
 * Takes the content of one file, in order. Called while the layer is read: what takes long holds up everything. A chunk is good until
 * `write` returns.
 */
export interface ContentSink {
  write(chunk: Uint8Array): void;
  /** All of it came. Not called where the layer ends too early. */
  end(): void;
}

/** Called with each entry in the archive's order; may ask for the content of a file. */
export type VisitEntry = (entry: LayerEntry) => ContentSink | undefined;
