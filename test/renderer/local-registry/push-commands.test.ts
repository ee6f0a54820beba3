import { expect, test } from 'vitest';
import { pushCommands } from '../../../src-renderer/local-registry/push-commands.ts';

test('names localhost and the port for both engines', () => {
  const { docker, podman } = pushCommands('http://127.0.0.1:5001', false);
  expect(docker).toEqual([
    'docker tag my-app:1.0 localhost:5001/my-app:1.0',
    'docker push localhost:5001/my-app:1.0',
  ]);
  expect(podman).toEqual(['podman push --tls-verify=false my-app:1.0 localhost:5001/my-app:1.0']);
});

test('S11: a registry that asks for a sign-in is signed in to first', () => {
  const { docker, podman } = pushCommands('http://127.0.0.1:5001', true);
  expect(docker[0]).toBe('docker login --username wharfinger localhost:5001');
  expect(podman[0]).toBe('podman login --tls-verify=false --username wharfinger localhost:5001');
});
