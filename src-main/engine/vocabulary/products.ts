/** Registry products that are known apart; `generic` speaks the distribution protocol and nothing else is known of it. */
export const SYSTEMS = [
  'distribution',
  'harbor',
  'nexus',
  'dockerHub',
  'ghcr',
  'gitlab',
  'quay',
  'ecr',
  'acr',
  'gar',
  'artifactory',
  'gitea',
  'zot',
  'wharfinger',
  'generic',
] as const;
export type SystemId = (typeof SYSTEMS)[number];

/** Those that copy images by rules of their own, to which a synchronisation can be handed over. */
export const REPLICATING: ReadonlySet<SystemId> = new Set(['harbor']);

/** Host names, without port, that show by themselves which product is there. */
export const PRODUCT_HOSTS = {
  dockerHub: /^docker\.io$/,
  ghcr: /^ghcr\.io$/,
  gitlab: /^registry\.gitlab\.com$/,
  quay: /^quay\.io$/,
  ecr: /^public\.ecr\.aws$|(?:^|\.)dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
  acr: /\.azurecr\.(?:io|cn|us)$/,
  gar: /-docker\.pkg\.dev$|^(?:[a-z]+\.)?gcr\.io$/,
  artifactory: /\.jfrog\.io$/,
} as const satisfies Partial<Record<SystemId, RegExp>>;

/** Names of Docker Hub's registry; references say the first of them. */
export const DOCKER_HUB_HOSTS: readonly string[] = [
  'docker.io',
  'registry-1.docker.io',
  'index.docker.io',
  'registry.hub.docker.com',
];

/** What showed which product a registry is, strongest first. `user`: somebody said so, whatever the registry shows. */
export const EVIDENCES = [
  'user',
  'host',
  'header',
  'tokenService',
  'extension',
  'protocol',
  'nothing',
] as const;
export type Evidence = (typeof EVIDENCES)[number];
