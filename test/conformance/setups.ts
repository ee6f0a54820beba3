import type { Credentials, RegistryOptions } from '../../src-main/engine/index.ts';
import type { LocalRegistryOptions } from '../../src-main/local-registry/index.ts';
import { makeCertificates } from '../support/certificates.ts';
import {
  type DockerRegistrySetup,
  type SignIn,
  startDockerRegistry,
  startTesterTokenService,
  tester,
} from '../support/docker-registry.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { basicAuthorization, type PushTarget } from '../support/push.ts';
import { startRealGitea } from '../support/real-gitea.ts';
import { startRealZot } from '../support/real-zot.ts';
import type { TokenService } from '../support/token-service.ts';
import type { Abilities, Setup, TestedRegistry } from './setup.ts';

/** Debian's docker-registry, distribution 2.8. */
const distribution28: Abilities = {
  system: 'distribution',
  signIn: 'none',
  delete: true,
  deleteTagAlone: false,
  tagPages: false,
  emptiedRepository: 'listed',
  untaggedRepository: 'notFound',
  referrers: 'tag',
  schema1: true,
  keepsCutUploads: false,
};

/** Distribution 3 deletes by tag, gives pages of tags, and takes no images of the first kind any more. */
const distribution3: Abilities = {
  ...distribution28,
  deleteTagAlone: true,
  tagPages: true,
  schema1: false,
  keepsCutUploads: true,
};

/** Our local registry with everything it can do. */
const local: Abilities = {
  system: 'wharfinger',
  signIn: 'none',
  delete: true,
  deleteTagAlone: true,
  tagPages: true,
  emptiedRepository: 'gone',
  untaggedRepository: 'empty',
  referrers: 'api',
  schema1: false,
  keepsCutUploads: true,
};

/** Gitea 1.26: each tag, and each manifest without one, is a version of a package. */
const gitea: Abilities = {
  system: 'gitea',
  signIn: 'token',
  ownTokenService: true,
  readsAnonymously: true,
  delete: true,
  deleteTagAlone: true,
  tagPages: true,
  emptiedRepository: 'gone',
  movedTagTakesManifest: true,
  untaggedRepository: 'empty',
  referrers: 'tag',
  schema1: false,
  keepsCutUploads: false,
};

/** zot 2.1, with Docker's media types let in. */
const zot: Abilities = {
  system: 'zot',
  signIn: 'none',
  delete: true,
  deleteTagAlone: true,
  tagPages: true,
  emptiedRepository: 'listed',
  sharesBlobs: true,
  movedTagTakesManifest: true,
  untaggedRepository: 'empty',
  referrers: 'api',
  schema1: false,
  keepsCutUploads: false,
};

interface Reached {
  readonly url: string;
  readonly authority?: string;
  readonly signIn?: SignIn;
  readonly tokenService?: TokenService;
}

function optionsFor({ url, authority, signIn, tokenService }: Reached): RegistryOptions {
  const credentials: Credentials | undefined = signIn && { kind: 'password', ...signIn };
  return {
    url,
    proxy: { kind: 'none' },
    ...(credentials === undefined ? {} : { credentials }),
    ...(authority === undefined ? {} : { tls: { verify: true, authorities: authority } }),
    ...(tokenService === undefined ? {} : { approvedHosts: [new URL(tokenService.realm).host] }),
  };
}

async function startDocker(
  setup: DockerRegistrySetup,
  programs: Parameters<typeof startDockerRegistry>[1],
): Promise<TestedRegistry> {
  const registry = await startDockerRegistry(setup, programs);
  return {
    options: optionsFor(registry),
    target: registry.target,
    ...(registry.tokenService === undefined ? {} : { tokenService: registry.tokenService }),
    // The access log has one line for each request: … "GET /v2/ HTTP/1.1" 200 …
    requestLines: () =>
      [...registry.log().matchAll(/"([A-Z]+ \/\S*) HTTP\/1\.1"/g)].map(([, request = '']) => request),
  };
}

async function startLocal(
  options: Partial<LocalRegistryOptions>,
  reached: Omit<Reached, 'url'> = {},
): Promise<TestedRegistry> {
  const registry = await startTestRegistry(options);
  const { authority, signIn, tokenService } = reached;
  let authorize: PushTarget['authorize'];
  if (tokenService !== undefined) {
    authorize = async (scopes) => `Bearer ${await tokenService.token(tester.username, scopes)}`;
  } else if (signIn !== undefined) authorize = () => basicAuthorization(signIn.username, signIn.password);
  return {
    options: optionsFor({ url: registry.url, ...reached }),
    target: {
      url: registry.url,
      ...(authority === undefined ? {} : { authority }),
      ...(authorize === undefined ? {} : { authorize }),
    },
    ...(tokenService === undefined ? {} : { tokenService }),
    requestLines: () => registry.requests.map(({ method, path }) => `${method} ${path}`),
  };
}

async function startLocalBasicTls(): Promise<TestedRegistry> {
  const { authority, server } = await makeCertificates();
  return startLocal(
    {
      tls: { cert: server.certificate, key: server.key },
      auth: { kind: 'basic', users: { [tester.username]: tester.password } },
    },
    { authority, signIn: tester },
  );
}

async function startLocalToken(): Promise<TestedRegistry> {
  const tokenService = await startTesterTokenService();
  const { realm, service } = tokenService;
  return startLocal(
    { auth: { kind: 'token', realm, service, verify: tokenService.check } },
    { signIn: tester, tokenService },
  );
}

/** The local registry in the four set-ups, and once with the limits of distribution 2.8. */
export const localSetups: Readonly<Record<string, Setup>> = {
  open: { abilities: local, start: () => startLocal({}) },
  'Basic over TLS of a private CA': { abilities: { ...local, signIn: 'basic' }, start: startLocalBasicTls },
  'token service': { abilities: { ...local, signIn: 'token' }, start: startLocalToken },
  'delete disabled': {
    abilities: { ...local, delete: false, deleteTagAlone: false },
    start: () => startLocal({ limits: { delete: false } }),
  },
  'limited as distribution 2.8': {
    abilities: { ...local, deleteTagAlone: false, tagPages: false, referrers: 'tag' },
    start: () => startLocal({ limits: { deleteByTag: false, paging: false, referrers: false } }),
  },
};

/** Debian's docker-registry (distribution 2.8) in the four set-ups. */
export const dockerSetups = (programs: Programs) => distributionSetups(distribution28, programs);

/** Distribution 3 in the same ones. */
export const distribution3Setups = (programs: Programs) => distributionSetups(distribution3, programs);

interface Programs {
  readonly 'docker-registry': string;
  readonly htpasswd: string;
}

function distributionSetups(abilities: Abilities, programs: Programs): Readonly<Record<string, Setup>> {
  return {
    open: { abilities, start: () => startDocker('open', programs) },
    'htpasswd over TLS of a private CA': {
      abilities: { ...abilities, signIn: 'basic' },
      start: () => startDocker('htpasswdTls', programs),
    },
    'token service': {
      abilities: { ...abilities, signIn: 'token' },
      start: () => startDocker('token', programs),
    },
    'delete disabled': {
      abilities: { ...abilities, delete: false, deleteTagAlone: false },
      start: () => startDocker('deleteDisabled', programs),
    },
  };
}

/** Gitea, whose packages belong to the organisation that the tests' repositories are named by. */
export const giteaSetup = (program: string): Setup => ({
  abilities: gitea,
  async start() {
    const { url, signIn, target, requestLines } = await startRealGitea(program, {
      organisations: ['conformance'],
    });
    return { options: optionsFor({ url, signIn }), target, requestLines };
  },
});

export const zotSetup = (program: string): Setup => ({
  abilities: zot,
  async start() {
    const { url, requestLines } = await startRealZot(program);
    return { options: optionsFor({ url }), target: { url }, requestLines };
  },
});
