/** Pages of products where a secret to sign in with is made, or explained. They are the app's own: no registry names them. */
export const TOKEN_PAGES = {
  dockerHub: 'https://app.docker.com/settings/personal-access-tokens',
  github: 'https://github.com/settings/tokens/new?description=Wharfinger&scopes=read:packages,write:packages',
  gitlab:
    'https://gitlab.com/-/user_settings/personal_access_tokens?name=Wharfinger&scopes=read_registry,write_registry',
  nexus: 'https://help.sonatype.com/en/docker-authentication.html',
  gitlabDocs: 'https://docs.gitlab.com/user/profile/personal_access_tokens/',
  jfrogDocs: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/generate-identity-token',
  quay: 'https://docs.quay.io/glossary/robot-accounts.html',
  aws: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html',
  azure: 'https://portal.azure.com/#browse/Microsoft.ContainerRegistry%2Fregistries',
  google: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
} as const;

/** Hosts of products' own documentation, which the app links to. */
export const DOCUMENTATION_HOSTS: readonly string[] = [
  'distribution.github.io',
  'zotregistry.dev',
  'docs.gitea.com',
  'goharbor.io',
  'help.sonatype.com',
  'docs.gitlab.com',
  'docs.redhat.com',
  'jfrog.com',
  'docs.jfrog.com',
  'docs.docker.com',
];
