import { describe, expect, test } from 'vitest';
import { readInUse } from '../../../src-main/services/rules/in-use.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const C = `sha256:${'c'.repeat(64)}`;

const PODS = {
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      kind: 'Pod',
      metadata: { annotations: { note: 'a "quoted" } brace \\' } },
      spec: {
        initContainers: [{ name: 'wait', image: 'busybox' }],
        containers: [{ name: 'app', image: 'registry.test:5000/team/app:r3' }],
        volumes: [
          { name: 'model', image: { reference: 'registry.test/team/model:1', pullPolicy: 'Always' } },
        ],
      },
      status: {
        containerStatuses: [
          { image: 'registry.test:5000/team/app:r3', imageID: `registry.test:5000/team/app@${A}` },
          { image: 'x/y:1', imageID: `docker-pullable://x/y@${B}` },
          { image: 'x/z:1', imageID: `docker://${C}` },
          { image: 'x/pending:1', imageID: '' },
        ],
      },
    },
  ],
};
const PODS_USE = {
  digests: new Set([A, B, C]),
  names: new Set(['library/busybox:latest', 'team/app:r3', 'team/model:1', 'x/y:1', 'x/z:1', 'x/pending:1']),
};

describe('what people have of what runs', () => {
  test('kubectl get pods -A -o json', async () => {
    expect(await readInUse(JSON.stringify(PODS, null, 4))).toEqual(PODS_USE);
    expect(await readInUse(JSON.stringify(PODS))).toEqual(PODS_USE);
  });

  test('Compose', async () => {
    const compose = `services:
  web:
    image: registry.test/team/web:1.2   # the front
    environment: { IMAGE: nothing }
  db: { image: "postgres:16" }
  built: { build: . }
`;
    expect(await readInUse(compose)).toEqual({
      digests: new Set(),
      names: new Set(['team/web:1.2', 'library/postgres:16']),
    });
  });

  test('helm template, with hooks, resources in parts and schemas that say image', async () => {
    const manifests = `---
# Source: app/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
        - name: app
          image: "registry.test/team/app:2.0@${A}"
---
kind: Job
spec: { template: { spec: { containers: [{ image: registry.test/team/hook:1 }] } } }
---
kind: Prometheus
spec:
  image: { registry: quay.io, repository: prometheus/prometheus, tag: v3.0.0 }
---
kind: CustomResourceDefinition
spec:
  versions: [{ schema: { openAPIV3Schema: { properties: { image: { type: string } } } } }]
---
`;
    expect(await readInUse(manifests)).toEqual({
      digests: new Set([A]),
      names: new Set(['team/app:2.0', 'team/hook:1', 'prometheus/prometheus:v3.0.0']),
    });
  });

  test('a pasted list', async () => {
    const list = `# of the cluster
registry.test/team/app:r1
- registry.test/team/app@${A}
${B}, nginx
`;
    expect(await readInUse(list)).toEqual({
      digests: new Set([A, B]),
      names: new Set(['team/app:r1', 'library/nginx:latest']),
    });
  });
});

/** As Compose writes it. */
const VARIABLE = '$'.concat('{TAG}');

describe('what may hide something in use is refused', () => {
  const whole = JSON.stringify(PODS);

  test.each([
    ['an empty text', '', 'It names no image.'],
    ['a cluster without pods', '{"items": []}', 'It names no image.'],
    ['JSON that ends in the middle', whole.slice(0, -20), 'the end of it is missing'],
    ['JSON whose last string is open', whole.slice(0, whole.indexOf('brace')), 'the end of it is missing'],
    ['brackets that do not fit', '{"image": "a/b"]', 'the end of it is missing'],
    ['a variable', `services: { a: { image: "app:${VARIABLE}" } }`, 'cannot be read as an image'],
    ['a word that is no image', 'registry.test/team/app:r1\nTEAM!', '"TEAM!" cannot be read'],
    ['broken YAML', 'services:\n  a: { image: b\n', 'It is no YAML.'],
  ])('%s', async (_, text, reason) => {
    await expect(readInUse(text)).rejects.toMatchObject({
      code: 'invalidInput',
      reason: expect.stringContaining(reason),
    });
  });
});

test('the pods of a large cluster are read in slices', async () => {
  const [pod] = PODS.items;
  const text = JSON.stringify({ ...PODS, items: Array.from({ length: 4_000 }, () => pod) }, null, 2);
  let turns = 0;
  const count = setInterval(() => turns++, 1);
  try {
    expect(await readInUse(text)).toEqual(PODS_USE);
  } finally {
    clearInterval(count);
  }
  expect(turns).toBeGreaterThan(3);
});

test('reading ends where it is not wanted any more', async () => {
  const [pod] = PODS.items;
  const text = JSON.stringify({ items: Array.from({ length: 4_000 }, () => pod) });
  await expect(readInUse(text, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
