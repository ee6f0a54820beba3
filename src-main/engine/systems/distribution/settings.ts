import type { AdvisedSetting } from '../../product/advice.ts';
import type { AdvisedSettingName } from '../../vocabulary/registry-facts.ts';

/** A part of its configuration: maps, lists and plain values, as its YAML has them. */
export type Configuration = { readonly [key: string]: ConfigurationValue };
type ConfigurationValue = string | number | boolean | Configuration | readonly Configuration[];

interface Setting {
  readonly configuration: Configuration;
  /** What takes its place in the environment; absent where Distribution takes none, or none alone. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly section: string;
}

const DOCUMENTATION = 'https://distribution.github.io/distribution/about/configuration/';

/** As 2.8 and 3 have them alike; both are started with each of them by the conformance tests. */
export const SETTINGS = {
  deletion: {
    configuration: { storage: { delete: { enabled: true } } },
    environment: { REGISTRY_STORAGE_DELETE_ENABLED: 'true' },
    section: 'delete',
  },
  uploadPurging: {
    // All four or none: with one alone Distribution does not start.
    configuration: {
      storage: {
        maintenance: { uploadpurging: { enabled: true, age: '168h', interval: '24h', dryrun: false } },
      },
    },
    section: 'uploadpurging',
  },
  pullThroughCache: {
    configuration: { proxy: { remoteurl: 'https://registry.example.com' } },
    environment: { REGISTRY_PROXY_REMOTEURL: 'https://registry.example.com' },
    section: 'proxy',
  },
  notifications: {
    configuration: {
      notifications: {
        endpoints: [
          {
            name: 'listener',
            url: 'https://listener.example.com/events',
            timeout: '1s',
            threshold: 10,
            backoff: '1s',
          },
        ],
      },
    },
    section: 'notifications',
  },
  debugPort: {
    configuration: {
      http: { debug: { addr: '127.0.0.1:5001', prometheus: { enabled: true, path: '/metrics' } } },
    },
    environment: {
      REGISTRY_HTTP_DEBUG_ADDR: '127.0.0.1:5001',
      REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED: 'true',
    },
    section: 'debug',
  },
} as const satisfies Partial<Record<AdvisedSettingName, Setting>>;

/** All of them, as the lines that somebody adds. */
export function advisedSettings(
  states: Readonly<Record<keyof typeof SETTINGS, AdvisedSetting['state']>>,
): AdvisedSetting[] {
  const entries = Object.entries(SETTINGS) as [keyof typeof SETTINGS, Setting][];
  return entries.map(([name, { configuration, environment, section }]) => ({
    name,
    state: states[name],
    file: yaml(configuration).join('\n'),
    ...(environment && {
      environment: Object.entries(environment).map(([variable, value]) => `${variable}=${value}`),
    }),
    documentation: `${DOCUMENTATION}#${section}`,
  }));
}

/** Lines of YAML; values are numbers, words and addresses that need no quotes. */
function yaml(configuration: Configuration): string[] {
  return Object.entries(configuration).flatMap(([key, value]) => {
    if (typeof value !== 'object') return [`${key}: ${value}`];
    if (!isList(value)) return [`${key}:`, ...yaml(value).map((line) => `  ${line}`)];
    const items = value.flatMap((item) => yaml(item).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`));
    return [`${key}:`, ...items.map((line) => `  ${line}`)];
  });
}

const isList = (value: Configuration | readonly Configuration[]): value is readonly Configuration[] =>
  Array.isArray(value);
