import { expect, test } from 'vitest';
import { pushCommands } from '../../../src-renderer/registry/push-commands.ts';

test('names localhost and the port for both engines', () => {
  const { docker, podman } = pushCommands('http://127.0.0.1:5001');
  expect(docker).toEqual([
    'docker tag my-app:1.0 localhost:5001/my-app:1.0',
    'docker push localhost:5001/my-app:1.0',
  ]);
  expect(podman).toEqual(['podman push --tls-verify=false my-app:1.0 localhost:5001/my-app:1.0']);
});
