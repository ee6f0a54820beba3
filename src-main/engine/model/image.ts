import { RegistryError } from '../errors.ts';
import { parseJson } from './json.ts';
import { isObject, type JsonObject, listOf, objectOf, textMapOf, textOf, textsOf } from './json-fields.ts';
import type { Annotations } from './manifest.ts';
import { type Platform, readPlatform } from './platform.ts';

/** One step of the build. `layer` is the position of the layer it made, absent where it made none. */
interface HistoryEntry {
  createdBy?: string;
  created?: string;
  comment?: string;
  layer?: number;
}

export interface ImageConfig {
  created?: string;
  author?: string;
  platform: Platform;
  user?: string;
  workingDir?: string;
  entrypoint: readonly string[];
  command: readonly string[];
  environment: readonly string[];
  exposedPorts: readonly string[];
  volumes: readonly string[];
  labels: Annotations;
  stopSignal?: string;
  healthcheck: readonly string[];
  history: readonly HistoryEntry[];
  /** The history has more or fewer layers than the image: it is unknown which entry made which. */
  historyApart?: true;
  /** Digests of the uncompressed layers, base layer first. */
  diffIds: readonly string[];
}

export interface HelmChart {
  name: string;
  version: string;
  appVersion?: string;
  description?: string;
  home?: string;
  keywords: readonly string[];
  maintainers: readonly string[];
}

/** RFC 3339 as given, or nothing: zero times (`0001-01-01…`) and the unreadable say nothing about an image. */
export function readInstant(value: string | undefined): string | undefined {
  if (value === undefined || !/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) || value.startsWith('0001-01-01') ? undefined : value;
}

function parseObject(bytes: Uint8Array, what: string): JsonObject {
  let value: unknown;
  try {
    value = parseJson(bytes);
  } catch (cause) {
    throw new RegistryError('invalidResponse', '', { reason: `The ${what} is not JSON.`, cause });
  }
  if (!isObject(value))
    throw new RegistryError('invalidResponse', '', { reason: `The ${what} is not a JSON object.` });
  return value;
}

/** `entries` without its undefined values: the shape exact optional types ask for. */
function known<T extends Record<string, string | undefined>>(entries: T): { [K in keyof T]?: string } {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== ''),
  ) as {
    [K in keyof T]?: string;
  };
}

/**
 * Reads an image config: tolerant of junk in single fields (builders write odd ones), strict of its shape as an object.
 * History is joined with layers: an entry that is not `empty_layer` made the next one. Where the entries are not as many as the
 * layers it is unknown which made which (a squashed image, a base without history), and none is shown.
 *
 * @param layers how many layers the manifest has
 * @throws {RegistryError} `invalidResponse` if it is not a JSON object.
 * @see OCI image-spec 1.1, "Image configuration"
 */
export function parseImageConfig(bytes: Uint8Array, layers: number): ImageConfig {
  const fields = parseObject(bytes, 'image config');
  const config = objectOf(fields.config);
  const diffIds = textsOf(objectOf(fields.rootfs).diff_ids);
  return {
    ...known({
      created: readInstant(textOf(fields.created)),
      author: textOf(fields.author),
      user: textOf(config.User),
      workingDir: textOf(config.WorkingDir),
      stopSignal: textOf(config.StopSignal),
    }),
    platform: readPlatform(fields) ?? {
      os: textOf(fields.os) ?? '',
      architecture: textOf(fields.architecture) ?? '',
    },
    entrypoint: textsOf(config.Entrypoint),
    command: textsOf(config.Cmd),
    environment: textsOf(config.Env),
    // Docker keeps sets as objects with empty values.
    exposedPorts: Object.keys(objectOf(config.ExposedPorts)),
    volumes: Object.keys(objectOf(config.Volumes)),
    labels: textMapOf(config.Labels),
    healthcheck: textsOf(objectOf(config.Healthcheck).Test),
    diffIds,
    ...readHistory(listOf(fields.history).filter(isObject), layers),
  };
}

function readHistory(
  entries: readonly JsonObject[],
  layers: number,
): Pick<ImageConfig, 'history' | 'historyApart'> {
  const makesLayer = (entry: JsonObject): boolean => entry.empty_layer !== true;
  const fits = entries.filter(makesLayer).length === layers;
  let layer = 0;
  const history = entries.map((entry) => ({
    ...known({
      createdBy: textOf(entry.created_by),
      created: readInstant(textOf(entry.created)),
      comment: textOf(entry.comment),
    }),
    ...(fits && makesLayer(entry) ? { layer: layer++ } : {}),
  }));
  return { history, ...(fits || history.length === 0 ? {} : { historyApart: true }) };
}

/** Reads a Helm chart's config, which is its Chart.yaml as JSON. @throws {RegistryError} `invalidResponse` */
export function parseHelmConfig(bytes: Uint8Array): HelmChart {
  const fields = parseObject(bytes, "chart's config");
  return {
    ...known({
      appVersion: textOf(fields.appVersion),
      description: textOf(fields.description),
      home: textOf(fields.home),
    }),
    name: textOf(fields.name, 1000) ?? '',
    version: textOf(fields.version, 1000) ?? '',
    keywords: textsOf(fields.keywords),
    maintainers: listOf(fields.maintainers).flatMap((person) => textOf(objectOf(person).name, 1000) ?? []),
  };
}
