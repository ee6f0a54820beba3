/** One sample as it lies in the registry. */
export interface Sample {
  repository: string;
  /** The digest of the top manifest: an index for the images with several platforms. */
  digest: string;
  mediaType: string;
  /** Every tag on this digest; empty for a referrer. */
  tags: readonly string[];
  kind: 'index' | 'image' | 'artifact' | 'chart';
}

/** What {@link seedSamples} made: the same digests on every machine. */
export interface SampleSet {
  samples: readonly Sample[];
  /** Unique bytes of all blobs and manifests. */
  bytes: number;
}
