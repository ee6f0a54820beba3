import type { AccountSettings } from '../../src-main/common/account.ts';
import type { RegistrySystem } from '../../src-main/common/registry.ts';
import { TOKEN_PAGES } from '../../src-main/common/token-pages.ts';
import { type Draft, draftOfPasted, EMPTY_DRAFT } from './draft.ts';
import { ACR_PARTS, ECR_PARTS, GAR_PARTS, type HostParts } from './host-parts.ts';
import type { Pasted } from './pasted.ts';

type SignIn = AccountSettings['signIn'];

/** A way to sign in, as a product's users know it. Its words are `accounts.ways.<id>` and, with a secret, `accounts.wayHelp.<id>`. */
export type Way = { readonly id: 'anonymous'; readonly kind: 'anonymous' } | SecretWay;

interface SecretWay {
  readonly id:
    | 'password'
    | 'identityToken'
    | 'hubToken'
    | 'githubToken'
    | 'gitlabToken'
    | 'deployToken'
    | 'robot'
    | 'harborUser'
    | 'nexusUser'
    | 'nexusToken'
    | 'quayRobot'
    | 'quayUser'
    | 'ecrPassword'
    | 'acrToken'
    | 'acrIdentity'
    | 'gcloudToken'
    | 'gcpKey'
    | 'jfrogToken'
    | 'giteaToken'
    | 'zotUser';
  readonly kind: Exclude<SignIn['kind'], 'anonymous'>;
  /** What the name is called there; default: user name. */
  readonly user?: 'github' | 'robot' | 'token' | 'nameCode' | 'principal';
  /** What the secret is called there. */
  readonly secret: 'password' | 'token' | 'robot' | 'passCode' | 'cli' | 'key' | 'identity' | 'printed';
  /** The name that everybody signs in with. */
  readonly username?: string;
  /** What a name looks like there. */
  readonly example?: string;
  /** The page where its secret is made, at an origin where it is the registry's own. */
  readonly page?: string | ((origin: string) => string | undefined);
  /** Where its product's documentation says how. */
  readonly docs?: string;
  /** A command that prints its secret. */
  readonly command?: (host: string) => string;
}

/** Products that are added; the embedded registry adds itself. */
type ProductId = Exclude<RegistrySystem, 'wharfinger'>;

/** What it takes to add a registry of one product. */
export interface Guide {
  readonly system: ProductId;
  /** Its only address. */
  readonly host?: string;
  /** The address that most have. */
  readonly usual?: string;
  /** An address of this form is put together from what its users know. */
  readonly parts?: HostParts;
  /** What its address looks like. */
  readonly example: string;
  /** The usual one first. */
  readonly ways: readonly [Way, ...Way[]];
  /** Of any product: which one is found out. */
  readonly any?: true;
  /** It has no list of repositories, so that they are added by name. */
  readonly byName?: true;
  /** Its own API may lie below a path of its host. */
  readonly hasApiPath?: true;
  /** It may have a debug port with its health and metrics. */
  readonly hasDebugPort?: true;
}

const anonymous = { id: 'anonymous', kind: 'anonymous' } as const;
const PLAIN: readonly [Way, ...Way[]] = [
  anonymous,
  { id: 'password', kind: 'password', secret: 'password' },
  { id: 'identityToken', kind: 'identityToken', secret: 'identity' },
];
const EXAMPLE = 'registry.example.com';

/** Any other product. */
export const OTHER_GUIDE: Guide = { system: 'generic', any: true, example: EXAMPLE, ways: PLAIN };

/** The products that are offered, in their order. */
export const GUIDES: readonly Guide[] = [
  {
    system: 'dockerHub',
    host: 'docker.io',
    example: 'docker.io',
    byName: true,
    ways: [
      {
        id: 'hubToken',
        kind: 'password',
        secret: 'token',
        page: TOKEN_PAGES.dockerHub,
      },
      anonymous,
    ],
  },
  {
    system: 'ghcr',
    host: 'ghcr.io',
    example: 'ghcr.io',
    byName: true,
    ways: [
      {
        id: 'githubToken',
        kind: 'password',
        user: 'github',
        secret: 'token',
        page: TOKEN_PAGES.github,
      },
      anonymous,
    ],
  },
  {
    system: 'gitlab',
    usual: 'registry.gitlab.com',
    example: 'registry.gitlab.example.com',
    byName: true,
    ways: [
      {
        id: 'gitlabToken',
        kind: 'password',
        secret: 'token',
        // Another instance has its web page at an address that its registry's does not tell.
        page: (origin) => (origin === 'https://registry.gitlab.com' ? TOKEN_PAGES.gitlab : undefined),
        docs: TOKEN_PAGES.gitlabDocs,
      },
      {
        id: 'deployToken',
        kind: 'password',
        user: 'token',
        secret: 'token',
        example: 'gitlab+deploy-token-1',
      },
      anonymous,
    ],
  },
  {
    system: 'harbor',
    example: 'harbor.example.com',
    ways: [
      {
        id: 'robot',
        kind: 'password',
        user: 'robot',
        secret: 'robot',
        example: 'robot$project+name',
        page: (origin) => `${origin}/harbor/projects`,
      },
      { id: 'harborUser', kind: 'password', secret: 'cli' },
      anonymous,
    ],
  },
  { system: 'distribution', example: 'localhost:5000', ways: PLAIN, hasDebugPort: true },
  {
    system: 'nexus',
    example: 'nexus.example.com',
    hasApiPath: true,
    ways: [
      { id: 'nexusUser', kind: 'password', secret: 'password', docs: TOKEN_PAGES.nexus },
      {
        id: 'nexusToken',
        kind: 'password',
        user: 'nameCode',
        secret: 'passCode',
        page: (origin) => `${origin}/#user/usertoken`,
      },
      anonymous,
    ],
  },
  {
    system: 'quay',
    usual: 'quay.io',
    example: 'quay.example.com',
    ways: [
      {
        id: 'quayRobot',
        kind: 'password',
        user: 'robot',
        secret: 'token',
        example: 'organisation+robot',
        docs: TOKEN_PAGES.quay,
      },
      { id: 'quayUser', kind: 'password', secret: 'cli' },
      anonymous,
    ],
  },
  {
    system: 'ecr',
    parts: ECR_PARTS,
    example: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    ways: [
      {
        id: 'ecrPassword',
        kind: 'password',
        secret: 'printed',
        username: 'AWS',
        docs: TOKEN_PAGES.aws,
        command: (host) =>
          `aws ecr get-login-password --region ${ECR_PARTS.read(host)?.region || 'eu-west-1'}`,
      },
      anonymous,
    ],
  },
  {
    system: 'acr',
    parts: ACR_PARTS,
    example: 'example.azurecr.io',
    ways: [
      {
        id: 'acrToken',
        kind: 'password',
        user: 'principal',
        secret: 'password',
        page: TOKEN_PAGES.azure,
      },
      {
        id: 'acrIdentity',
        kind: 'identityToken',
        secret: 'printed',
        command: (host) =>
          `az acr login --name ${ACR_PARTS.read(host)?.registry || 'example'} --expose-token --output tsv --query accessToken`,
      },
    ],
  },
  {
    system: 'gar',
    parts: GAR_PARTS,
    example: 'europe-west1-docker.pkg.dev',
    ways: [
      {
        id: 'gcloudToken',
        kind: 'password',
        secret: 'printed',
        username: 'oauth2accesstoken',
        command: () => 'gcloud auth print-access-token',
      },
      {
        id: 'gcpKey',
        kind: 'password',
        secret: 'key',
        username: '_json_key',
        page: TOKEN_PAGES.google,
      },
      anonymous,
    ],
  },
  {
    system: 'artifactory',
    example: 'example.jfrog.io',
    ways: [{ id: 'jfrogToken', kind: 'password', secret: 'token', docs: TOKEN_PAGES.jfrogDocs }, anonymous],
  },
  {
    system: 'gitea',
    example: 'git.example.com',
    ways: [
      {
        id: 'giteaToken',
        kind: 'password',
        secret: 'token',
        page: (origin) => `${origin}/user/settings/applications`,
      },
      anonymous,
    ],
  },
  {
    system: 'zot',
    example: EXAMPLE,
    ways: [anonymous, { id: 'zotUser', kind: 'password', secret: 'password' }],
  },
];

export function guideOf(system: RegistrySystem | undefined): Guide {
  return GUIDES.find((guide) => guide.system === system) ?? OTHER_GUIDE;
}

/** What a draft says of the sign-in. */
type Chosen = Pick<Draft, 'signIn' | 'username'>;

/** The ways of a product, and a plain one for a sign-in that is none of them. */
export function waysFor({ ways }: Guide, chosen: Chosen): readonly Way[] {
  if (ways.some((way) => fits(way, chosen))) return ways;
  return [...ways, ...PLAIN.filter(({ kind }) => kind === chosen.signIn)];
}

/** Whether somebody who signs in so may have chosen that way. */
export function fits(way: Way, { signIn, username }: Chosen): boolean {
  if (way.kind !== signIn) return false;
  return way.kind === 'anonymous' || way.username === undefined || way.username === username;
}

/** What a draft becomes when a way is chosen. A name that was typed stays; one that everybody has goes with its way. */
export function choose(way: Way, { ways }: Guide, { username }: Chosen): Chosen {
  const own = way.kind === 'anonymous' ? undefined : way.username;
  const shared = ways.some((other) => other.kind !== 'anonymous' && other.username === username);
  return { signIn: way.kind, username: own ?? (shared ? '' : username) };
}

/** The way that is offered where a sign-in is asked for. */
export function signInWay({ ways }: Guide): Way {
  return ways.find(({ kind }) => kind === 'password') ?? ways[0];
}

/** The form as it begins for a product, with what was pasted. */
export function beginDraft(guide: Guide, pasted: Pasted | undefined): Draft {
  const [first] = guide.ways;
  return {
    ...EMPTY_DRAFT,
    address: guide.host ?? guide.usual ?? '',
    ...choose(first, guide, EMPTY_DRAFT),
    ...(pasted && draftOfPasted(pasted)),
    ...(guide.byName && pasted?.repository !== undefined && { repositories: [pasted.repository] }),
  };
}
