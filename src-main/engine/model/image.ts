import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { Annotations } from './manifest.ts';
import { type Platform, platformFields, readPlatform } from './platform.ts';

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

const text = z.string().max(65_536).optional().catch(undefined);
const texts = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((list) => (list ?? []).filter((item) => typeof item === 'string'));
/** Docker keeps sets as objects with empty values. */
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(undefined)
  .transform((set) => Object.keys(set ?? {}));
const labels = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(undefined)
  .transform((map) => {
    const kept: Record<string, string> = {};
    for (const [key, value] of Object.entries(map ?? {})) if (typeof value === 'string') kept[key] = value;
    return kept;
  });

const configFields = platformFields.extend({
  created: text,
  author: text,
  config: z
    .object({
      User: text,
      WorkingDir: text,
      Entrypoint: texts,
      Cmd: texts,
      Env: texts,
      ExposedPorts: keys,
      Volumes: keys,
      Labels: labels,
      StopSignal: text,
      Healthcheck: z.object({ Test: texts }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  rootfs: z.object({ diff_ids: texts }).nullish().catch(undefined),
  history: z
    .array(
      z.object({
        created: text,
        created_by: text,
        comment: text,
        empty_layer: z.boolean().optional().catch(undefined),
      }),
    )
    .nullish()
    .catch(undefined),
});

/** RFC 3339 as given, or nothing: zero times (`0001-01-01…`) and the unreadable say nothing about an image. */
export function readInstant(value: string | undefined): string | undefined {
  if (value === undefined || !/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) || value.startsWith('0001-01-01') ? undefined : value;
}

function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new RegistryError('invalidResponse', '', { reason: `The ${what} is not JSON.`, cause });
  }
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
 * History is joined with layers: an entry that is not `empty_layer` made the next one.
 *
 * @throws {RegistryError} `invalidResponse` if it is not a JSON object.
 * @see OCI image-spec 1.1, "Image configuration"
 */
export function parseImageConfig(bytes: Uint8Array): ImageConfig {
  const read = configFields.safeParse(parseJson(bytes, 'image config'));
  if (!read.success)
    throw new RegistryError('invalidResponse', '', { reason: 'The image config is not a JSON object.' });
  const { config, rootfs, history, ...fields } = read.data;
  let layer = 0;
  return {
    ...known({
      created: readInstant(fields.created),
      author: fields.author,
      user: config?.User,
      workingDir: config?.WorkingDir,
      stopSignal: config?.StopSignal,
    }),
    platform: readPlatform(fields) ?? { os: fields.os, architecture: fields.architecture },
    entrypoint: config?.Entrypoint ?? [],
    command: config?.Cmd ?? [],
    environment: config?.Env ?? [],
    exposedPorts: config?.ExposedPorts ?? [],
    volumes: config?.Volumes ?? [],
    labels: config?.Labels ?? {},
    healthcheck: config?.Healthcheck?.Test ?? [],
    diffIds: rootfs?.diff_ids ?? [],
    history: (history ?? []).map((entry) => ({
      ...known({
        createdBy: entry.created_by,
        created: readInstant(entry.created),
        comment: entry.comment,
      }),
      ...(entry.empty_layer === true ? {} : { layer: layer++ }),
    })),
  };
}

const chartFields = z.object({
  name: z.string().max(1000).catch(''),
  version: z.string().max(1000).catch(''),
  appVersion: text,
  description: text,
  home: text,
  keywords: texts,
  maintainers: z
    .array(z.object({ name: z.string().max(1000) }))
    .nullish()
    .catch(undefined),
});

/** Reads a Helm chart's config, which is its Chart.yaml as JSON. @throws {RegistryError} `invalidResponse` */
export function parseHelmConfig(bytes: Uint8Array): HelmChart {
  const read = chartFields.safeParse(parseJson(bytes, "chart's config"));
  if (!read.success)
    throw new RegistryError('invalidResponse', '', { reason: "The chart's config is not a JSON object." });
  const { appVersion, description, home, ...fields } = read.data;
  return {
    ...known({ appVersion, description, home }),
    name: fields.name,
    version: fields.version,
    keywords: fields.keywords,
    maintainers: (fields.maintainers ?? []).map(({ name }) => name),
  };
}
