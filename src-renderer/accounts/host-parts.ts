/** One of the parts that a host's name is put together from. Its words are `accounts.parts.<name>`. */
export interface HostPart {
  readonly name: 'account' | 'region' | 'registry' | 'cloud' | 'location';
  readonly example: string;
  readonly form: RegExp;
  /** Those that most have; others can be typed. */
  readonly usual?: readonly string[];
  /** All there are, the usual one first. */
  readonly all?: readonly [string, ...string[]];
}

export type PartValues = Partial<Record<HostPart['name'], string>>;

export interface HostParts {
  readonly parts: readonly HostPart[];
  /** Of values that have their form. */
  compose(values: PartValues): string;
  /** The parts of a host's name; undefined for one of another form. */
  read(host: string): PartValues | undefined;
}

export const ECR_PARTS: HostParts = {
  parts: [
    { name: 'account', example: '123456789012', form: /^\d{12}$/ },
    {
      name: 'region',
      example: 'eu-west-1',
      form: /^[a-z]{2,}(?:-[a-z]+)+-\d+$/,
      usual: [
        'us-east-1',
        'us-east-2',
        'us-west-1',
        'us-west-2',
        'ca-central-1',
        'sa-east-1',
        'eu-west-1',
        'eu-west-2',
        'eu-west-3',
        'eu-central-1',
        'eu-north-1',
        'ap-south-1',
        'ap-southeast-1',
        'ap-southeast-2',
        'ap-northeast-1',
        'ap-northeast-2',
        'cn-north-1',
        'cn-northwest-1',
      ],
    },
  ],
  compose: ({ account = '', region = '' }) =>
    `${account}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
  read: (host) =>
    /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(host)?.groups,
};

export const ACR_PARTS: HostParts = {
  parts: [
    // With a hash after it where the registry was made so that no one else can take its name.
    { name: 'registry', example: 'example', form: /^[a-z0-9][a-z0-9-]*$/i },
    { name: 'cloud', example: 'azurecr.io', form: /./, all: ['azurecr.io', 'azurecr.cn', 'azurecr.us'] },
  ],
  compose: ({ registry = '', cloud = '' }) => `${registry.toLowerCase()}.${cloud}`,
  read: (host) => /^(?<registry>[a-z0-9-]+)\.(?<cloud>azurecr\.(?:io|cn|us))$/.exec(host)?.groups,
};

export const GAR_PARTS: HostParts = {
  parts: [
    {
      name: 'location',
      example: 'europe-west1',
      form: /^[a-z]+(?:-[a-z]+\d+)?$/,
      usual: [
        'us',
        'europe',
        'asia',
        'us-central1',
        'us-east1',
        'us-east4',
        'us-west1',
        'northamerica-northeast1',
        'southamerica-east1',
        'europe-west1',
        'europe-west2',
        'europe-west3',
        'europe-west4',
        'europe-north1',
        'asia-east1',
        'asia-northeast1',
        'asia-south1',
        'asia-southeast1',
        'australia-southeast1',
      ],
    },
  ],
  compose: ({ location = '' }) => `${location}-docker.pkg.dev`,
  read: (host) => /^(?<location>[a-z0-9-]+)-docker\.pkg\.dev$/.exec(host)?.groups,
};

/** The values with which the parts begin: those of an address, else the usual ones. */
export function beginParts({ parts, read }: HostParts, address: string): PartValues {
  const known = read(address);
  if (known) return known;
  return Object.fromEntries(parts.flatMap(({ name, all }) => (all ? [[name, all[0]]] : [])));
}

/** The host that the values make; empty while one of them lacks its form. */
export function hostOfParts({ parts, compose }: HostParts, values: PartValues): string {
  return parts.every(({ name, form }) => form.test(values[name] ?? '')) ? compose(values) : '';
}
