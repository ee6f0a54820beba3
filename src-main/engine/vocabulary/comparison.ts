/**
 * What a comparison of two images comes to. `sameContent`: another manifest of the same configuration and layers (compressed otherwise,
 * annotated otherwise); `sameFiles`: built otherwise, or at another time, of the same files; `timestamps`: nothing else differs.
 */
export const COMPARISON_VERDICTS = [
  'identical',
  'sameContent',
  'sameFiles',
  'timestamps',
  'different',
] as const;
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number];

/** In what two images can differ, or what of them was not looked at. */
export const COMPARISON_ASPECTS = [
  'platforms',
  'layers',
  'config',
  'history',
  'files',
  'packages',
  'timestamps',
  /** Media types, annotations, the compression of layers: what a manifest says and no container sees. */
  'manifest',
] as const;
export type ComparisonAspect = (typeof COMPARISON_ASPECTS)[number];

/** How layers of two images lie beside each other. `recompressed`: the same archive, compressed otherwise. */
export const COMPARED_LAYERS = ['same', 'recompressed', 'onlyLeft', 'onlyRight'] as const;
export type ComparedLayerState = (typeof COMPARED_LAYERS)[number];

/** What of an image's configuration is compared; `environment` and `labels` by name. */
export const CONFIG_FIELDS = [
  'platform',
  'environment',
  'entrypoint',
  'command',
  'user',
  'workingDir',
  'exposedPorts',
  'volumes',
  'labels',
  'stopSignal',
  'healthcheck',
  'author',
  'created',
] as const;
export type ConfigField = (typeof CONFIG_FIELDS)[number];

/** What of a path differs. */
export const FILE_ASPECTS = [
  'type',
  'size',
  'content',
  'mode',
  'owner',
  'link',
  /** Extended attributes (capabilities among them), and the numbers of devices. */
  'attributes',
  'modified',
] as const;
export type FileAspect = (typeof FILE_ASPECTS)[number];

/** What became of a package from the left to the right; `changed`: its versions have no order that is known. */
export const PACKAGE_CHANGES = ['added', 'removed', 'upgraded', 'downgraded', 'changed'] as const;
export type PackageChange = (typeof PACKAGE_CHANGES)[number];
