import { describe, expect, test } from 'vitest';
import { type Pasted, readPasted, systemOfHost } from '../../../src-renderer/accounts/pasted.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each<[string, Pasted]>([
  ['registry.example.com', { host: 'registry.example.com' }],
  ['  Registry.Example.com:5000/ ', { host: 'registry.example.com:5000' }],
  ['localhost', { host: 'localhost' }],
  ['localhost:5000', { host: 'localhost:5000' }],
  ['harbour', { host: 'harbour' }],
  ['harbour:8443', { host: 'harbour:8443' }],
  ['[::1]:5000', { host: '[::1]:5000' }],
  ['docker.io', { host: 'docker.io' }],
  ['https://index.docker.io/v1/', { host: 'docker.io' }],
  ['https://registry-1.docker.io', { host: 'docker.io' }],
  ['HTTP://localhost:5000/v2/', { scheme: 'http', host: 'localhost:5000' }],
  [
    'https://registry.example.com/v2/team/app/manifests/1.0',
    { scheme: 'https', host: 'registry.example.com', repository: 'team/app' },
  ],
  [
    'https://registry.example.com/v2/team/app/tags/list?n=10',
    { scheme: 'https', host: 'registry.example.com', repository: 'team/app' },
  ],
])('an address: %s', (text, pasted) => {
  expect(readPasted(text)).toEqual(pasted);
});

test.each<[string, Pasted]>([
  ['registry.example.com/team/app:1.0', { host: 'registry.example.com', repository: 'team/app' }],
  [
    `registry.example.com:5000/team/app@${DIGEST}`,
    { host: 'registry.example.com:5000', repository: 'team/app' },
  ],
  [`registry.example.com/app:1.0@${DIGEST}`, { host: 'registry.example.com', repository: 'app' }],
  ['docker://quay.io/skopeo/stable:latest', { host: 'quay.io', repository: 'skopeo/stable' }],
  ['oci://ghcr.io/org/charts/web', { host: 'ghcr.io', repository: 'org/charts/web' }],
  ['nginx:1.27', { host: 'docker.io', repository: 'library/nginx' }],
  ['team/app', { host: 'docker.io', repository: 'team/app' }],
  ['team/app:1.0', { host: 'docker.io', repository: 'team/app' }],
  ['docker pull ghcr.io/org/app:2', { host: 'ghcr.io', repository: 'org/app' }],
  ['$ podman pull -q quay.io/org/app', { host: 'quay.io', repository: 'org/app' }],
])('a reference: %s', (text, pasted) => {
  expect(readPasted(text)).toEqual(pasted);
});

test.each<[string, Pasted]>([
  ['https://hub.docker.com/_/nginx', { host: 'docker.io', repository: 'library/nginx' }],
  ['https://hub.docker.com/r/grafana/grafana/tags', { host: 'docker.io', repository: 'grafana/grafana' }],
  ['https://hub.docker.com/', { host: 'docker.io' }],
  [
    'https://github.com/Org/tool/pkgs/container/tool',
    { host: 'ghcr.io', repository: 'org/tool', scheme: 'https' },
  ],
  [
    'https://github.com/orgs/org/packages/container/package/app',
    { host: 'ghcr.io', repository: 'org/app', scheme: 'https' },
  ],
  [
    'https://quay.io/repository/org/app?tab=tags',
    { host: 'quay.io', repository: 'org/app', scheme: 'https' },
  ],
  [
    'https://gitlab.com/group/project/container_registry/12',
    { host: 'registry.gitlab.com', repository: 'group/project', scheme: 'https' },
  ],
  [
    'https://harbor.example.com/harbor/projects/3/repositories#x',
    { host: 'harbor.example.com', scheme: 'https' },
  ],
  [
    'https://git.example.com/org/-/packages/container/app/1.0',
    { host: 'git.example.com', repository: 'org/app', scheme: 'https' },
  ],
  ['https://team.jfrog.io/ui/packages', { host: 'team.jfrog.io', scheme: 'https' }],
  [
    'https://gitlab.com/group/project/-/container_registry',
    { host: 'registry.gitlab.com', repository: 'group/project', scheme: 'https' },
  ],
])('a page of a product: %s', (text, pasted) => {
  expect(readPasted(text)).toEqual(pasted);
});

test.each<[string, Pasted]>([
  ['docker login', { host: 'docker.io' }],
  ['docker login registry.example.com', { host: 'registry.example.com' }],
  [
    'docker login -u ann -p s3cret registry.example.com:5000',
    { host: 'registry.example.com:5000', username: 'ann', password: 's3cret' },
  ],
  [
    'docker login registry.example.com --username=ann --password=s3cret',
    { host: 'registry.example.com', username: 'ann', password: 's3cret' },
  ],
  ['docker login -uann -ps3cret', { host: 'docker.io', username: 'ann', password: 's3cret' }],
  [
    `sudo docker login https://registry.example.com/ -u 'robot$team+ci' -p "with \\"quotes\\" and \\$"`,
    {
      scheme: 'https',
      host: 'registry.example.com',
      username: 'robot$team+ci',
      password: 'with "quotes" and $',
    },
  ],
  [
    'docker login -u robot$ci -p "a b" harbor.example.com',
    { host: 'harbor.example.com', username: 'robot$ci', password: 'a b' },
  ],
  [
    'echo "s3cret" | docker login ghcr.io -u ann --password-stdin',
    { host: 'ghcr.io', username: 'ann', password: 's3cret' },
  ],
  [
    "printf '%s' 's3$cret' | docker login --username ann --password-stdin ghcr.io",
    { host: 'ghcr.io', username: 'ann', password: 's3$cret' },
  ],
  [
    'docker login ghcr.io -u ann --password-stdin <<< "s3cret"',
    { host: 'ghcr.io', username: 'ann', password: 's3cret' },
  ],
  // What only a shell knows is not there.
  ['docker login -u ann -p $TOKEN ghcr.io', { host: 'ghcr.io', username: 'ann' }],
  ['docker login -u "$USER" --password "$(cat token)" ghcr.io', { host: 'ghcr.io' }],
  ['docker login -u ann --password-stdin ghcr.io < token', { host: 'ghcr.io', username: 'ann' }],
  [
    'echo $CR_PAT | docker login ghcr.io -u USERNAME --password-stdin',
    { host: 'ghcr.io', username: 'USERNAME' },
  ],
  ['docker login -u ann --password-stdin < token', { host: 'docker.io', username: 'ann' }],
  ['docker login -u <user> -p <token> registry.example.com', { host: 'registry.example.com' }],
  [
    'aws ecr get-login-password --region eu-west-1 | docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    { host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', username: 'AWS' },
  ],
  // A single-quoted dollar is a dollar.
  ["docker login -u ann -p '$TOKEN' ghcr.io", { host: 'ghcr.io', username: 'ann', password: '$TOKEN' }],
  [
    'docker login \\\n  -u ann \\\n  -p s3cret \\\n  registry.example.com',
    { host: 'registry.example.com', username: 'ann', password: 's3cret' },
  ],
  [
    'podman login --tls-verify=false --authfile /run/auth.json -u ann registry.example.com',
    { host: 'registry.example.com', username: 'ann' },
  ],
  [
    'helm registry login registry.example.com -u ann -p s3cret',
    { host: 'registry.example.com', username: 'ann', password: 's3cret' },
  ],
  [
    '/usr/local/bin/crane auth login registry.example.com -u ann -p s3cret',
    { host: 'registry.example.com', username: 'ann', password: 's3cret' },
  ],
  [
    'export DOCKER_CONFIG=/tmp/x && docker login -u ann -p s3cret ghcr.io',
    { host: 'ghcr.io', username: 'ann', password: 's3cret' },
  ],
])('a sign-in: %s', (text, pasted) => {
  expect(readPasted(text)).toEqual(pasted);
});

test.each<[string, Pasted]>([
  [
    'https://ann:s3%40cret@registry.example.com/team/app',
    {
      scheme: 'https',
      host: 'registry.example.com',
      repository: 'team/app',
      username: 'ann',
      password: 's3@cret',
    },
  ],
  ['ann@registry.example.com', { host: 'registry.example.com', username: 'ann' }],
])('a user before the host: %s', (text, pasted) => {
  expect(readPasted(text)).toEqual(pasted);
});

describe('what names no registry', () => {
  test.each([
    '',
    '   ',
    'hello world',
    'https://',
    '/etc/hosts',
    '-----BEGIN CERTIFICATE-----',
    'docker ps -a',
    'docker login -u ann $REGISTRY',
  ])('%j', (text) => {
    expect(readPasted(text)).toBeUndefined();
  });
});

test.each([
  ['docker.io', 'dockerHub'],
  ['ghcr.io', 'ghcr'],
  ['Registry.GitLab.com', 'gitlab'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com', 'ecr'],
  ['team.azurecr.io', 'acr'],
  ['europe-west1-docker.pkg.dev', 'gar'],
  ['team.jfrog.io:443', 'artifactory'],
  ['registry.example.com', undefined],
])('%s is a host of %s', (host, system) => {
  expect(systemOfHost(host)).toBe(system);
});
