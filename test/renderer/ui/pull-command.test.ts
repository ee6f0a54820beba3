import { expect, test } from 'vitest';
import { installCommand, pullCommand } from '../../../src-renderer/ui/pull-command.ts';

const tagged = 'localhost:5000/team/app:1.0';
const pinned = `localhost:5000/team/app@sha256:${'a'.repeat(64)}`;

test('images and what is not known yet are pulled by docker', () => {
  expect(pullCommand('index', tagged)).toBe(`docker pull ${tagged}`);
  expect(pullCommand(undefined, pinned)).toBe(`docker pull ${pinned}`);
});

test('charts are pulled by helm, with the version apart, and artifacts by oras', () => {
  expect(pullCommand('helmChart', tagged)).toBe('helm pull oci://localhost:5000/team/app --version 1.0');
  expect(pullCommand('helmChart', pinned)).toBe(`helm pull oci://${pinned}`);
  expect(pullCommand('artifact', tagged)).toBe(`oras pull ${tagged}`);
});

test('S4: what a registry wrote is one word of a command and no other command or option', () => {
  expect(installCommand('web', tagged)).toBe('helm install web oci://localhost:5000/team/app --version 1.0');
  for (const name of ['x; rm -rf ~', '--post-renderer=/tmp/x', '$(id)', 'a\nb', ''])
    expect(installCommand(name, pinned)).toBe(`helm install my-release oci://${pinned}`);
  expect(pullCommand('index', "localhost:5000/team/$(id)'\n;:1\u202e")).toBe(
    "docker pull 'localhost:5000/team/$(id)'\\''\n;:1‹U+202E›'",
  );
});
