import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import type { TestApi } from '../support/app.ts';
import {
  amd64,
  arm64,
  makeArtifact,
  makeAttestation,
  makeHelmChart,
  makeImage,
  makeIndex,
  type TestManifest,
} from '../support/images.ts';
import { type PushTarget, plainRequest } from '../support/push.ts';
import { makeSchema1 } from '../support/schema1.ts';

type Account = Awaited<ReturnType<TestApi['accounts']['add']>>;

/** Puts an image with all it needs straight into a registry's folder, without a request. */
export async function store(
  registry: Pick<LocalRegistry, 'storage'>,
  repository: string,
  manifest: TestManifest,
  tags: readonly string[] = [],
): Promise<void> {
  for (const child of manifest.children) await store(registry, repository, child);
  for (const { bytes } of manifest.blobs) await registry.storage.putBlob(repository, bytes);
  for (const reference of tags.length === 0 ? [manifest.digest] : tags) {
    await registry.storage.putManifest(repository, reference, manifest.mediaType, manifest.bytes);
  }
}

/** One of each kind of content that the app distinguishes. */
export interface Contents {
  /** `team/app`: 2.0, 2.0.1 and latest on this index of amd64, arm64 and an attestation. */
  readonly index: TestManifest;
  /** `team/app:1.0`. */
  readonly image: TestManifest;
  /** `team/docker:1`. */
  readonly docker: TestManifest;
  /** `team/report:v1`, without a layer of its own. */
  readonly artifact: TestManifest;
  /** `charts/web:1.2.3`. */
  readonly chart: TestManifest;
  /** `legacy/old:1`. */
  readonly schema1: TestManifest;
}

export async function storeContents(registry: Pick<LocalRegistry, 'storage'>): Promise<Contents> {
  const platforms = await Promise.all(
    [amd64, arm64].map(async (platform) => ({
      platform,
      manifest: await makeImage({
        name: 'app-2',
        platform,
        layers: { base: 40_000, runtime: 15_000, [`app-${platform.architecture}`]: 2_000 },
      }),
    })),
  );
  const [first] = platforms;
  if (first === undefined) throw new Error('no platform');
  const contents: Contents = {
    index: makeIndex([...platforms, makeAttestation(first.manifest)]),
    image: await makeImage({ name: 'app-1', layers: { base: 40_000, 'old app': 3_000 } }),
    docker: await makeImage({ name: 'docker', family: 'docker' }),
    artifact: makeArtifact({ artifactType: 'application/vnd.example.report' }),
    chart: await makeHelmChart('web', '1.2.3'),
    schema1: makeSchema1('legacy/old', '1'),
  };
  await store(registry, 'team/app', contents.index, ['2.0', '2.0.1', 'latest']);
  await store(registry, 'team/app', contents.image, ['1.0']);
  await store(registry, 'team/docker', contents.docker, ['1']);
  await store(registry, 'team/report', contents.artifact, ['v1']);
  await store(registry, 'charts/web', contents.chart, ['1.2.3']);
  await store(registry, 'legacy/old', contents.schema1, ['1']);
  return contents;
}

/** Where each tag of a repository points, as the registry reports it; a repository without tags has none. */
export async function tagsOf(target: PushTarget, repository: string): Promise<Record<string, string>> {
  const scopes = [`repository:${repository}:pull`];
  const list = await plainRequest(target, `/v2/${repository}/tags/list`, { scopes });
  if (list.status === 404) return {};
  const { tags } = JSON.parse(list.body.toString()) as { tags: string[] | null };
  const headers = {
    accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
  };
  const entries = (tags ?? []).sort().map(async (tag): Promise<[string, string]> => {
    const head = await plainRequest(target, `/v2/${repository}/manifests/${tag}`, {
      method: 'HEAD',
      scopes,
      headers,
    });
    return [tag, String(head.headers['docker-content-digest'])];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** An account, without sign-in unless one is given, added through the contract: for tests whose subject is something else. */
export function addAccount(
  api: TestApi,
  registry: { readonly url: string },
  settings: { readonly name: string; readonly readOnly?: boolean; readonly repositories?: string[] },
  credentials?: { readonly username: string; readonly password: string },
): Promise<Account> {
  return api.accounts.add({
    settings: {
      url: registry.url,
      signIn: credentials ? { kind: 'password', username: credentials.username } : { kind: 'anonymous' },
      tls: { verify: true },
      proxy: { kind: 'none' },
      readOnly: false,
      repositories: [],
      ...settings,
    },
    secrets: credentials ? { password: credentials.password } : {},
  });
}

/** Looks through a registry, so that the app knows what is there. */
export async function scanAll(api: TestApi, accountId: string): Promise<void> {
  const { scanId } = await api.inventory.scan({ accountId });
  for await (const scan of await api.inventory.watch()) {
    if (scan.id !== scanId || scan.status === 'running') continue;
    if (scan.status !== 'done') throw new Error(`The scan is ${scan.status}: ${scan.failure?.message}`);
    return;
  }
}

/** The address of a place of the app. */
export const places = {
  compareTags: (sides: readonly string[], search: Record<string, string> = {}) =>
    `/compare/tags?${new URLSearchParams([...sides.map((side) => ['side', side]), ...Object.entries(search)])}`,
  cleanup: (accountId: string, search: Record<string, string> = {}) =>
    `/registries/${accountId}/cleanup${query(search)}`,
  registry: (accountId: string, search: Record<string, string> = {}) =>
    `/registries/${accountId}${query(search)}`,
  storage: (accountId: string, search: Record<string, string> = {}) =>
    `/registries/${accountId}/storage${query(search)}`,
  /** With a row for each tag unless it is said otherwise: most tests are about single tags. */
  tags: (accountId: string, repository: string, search: Record<string, string> = {}) =>
    `/registries/${accountId}/tags${query({ repository, view: 'tags', ...search })}`,
  image: (accountId: string, repository: string, reference: string, search: Record<string, string> = {}) =>
    `/registries/${accountId}/image${query({ repository, reference, ...search })}`,
};

function query(values: Record<string, string>): string {
  const text = new URLSearchParams(values).toString();
  return text && `?${text}`;
}
