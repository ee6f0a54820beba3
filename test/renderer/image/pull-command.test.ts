import { expect, test } from 'vitest';
import { pullCommand } from '../../../src-renderer/image/pull-command.ts';

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
