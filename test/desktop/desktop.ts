import path from 'node:path';
import type { Page } from 'playwright-core';
import { openForm } from '../browser/account-form.ts';
import { store } from '../browser/fixtures.ts';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';

export const root = path.resolve(import.meta.dirname, '../..');
/** What has to be on the machine for a window. */
export const SCREEN = ['electron', 'xvfb-run'] as const;

const PASSWORD = 'päss:word with $';
export const credentials = { username: 'ann', password: PASSWORD } as const;

/** Only `credentials` open it. */
export async function startProtectedRegistry(): Promise<GuardedRegistry> {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: PASSWORD } } });
  await store(registry, 'team/app', await makeImage(), ['1.0', 'latest']);
  return registry;
}

/** From the first page to the registry's own. */
export async function addProtectedRegistry(page: Page, registry: GuardedRegistry): Promise<void> {
  const form = await openForm(page, registry.url);
  await form.name.fill('Harbour');
  await form.signIn(credentials.username, credentials.password);
  await form.press('Test and save');
  await page.getByRole('heading', { level: 1, name: 'Harbour' }).waitFor();
}

/** One that asks for no sign-in. */
export async function addRegistry(page: Page, url: string, name: string): Promise<void> {
  const form = await openForm(page, url);
  await form.name.fill(name);
  await form.press('Test and save');
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
