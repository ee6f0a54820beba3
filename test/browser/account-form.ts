import type { Locator, Page } from 'playwright-core';

/** The page on which a registry is added or edited. */
export interface AccountForm {
  readonly address: Locator;
  readonly name: Locator;
  readonly username: Locator;
  readonly password: Locator;
  readonly authorities: Locator;
  /** HTTPS, HTTPS without verification, or plain HTTP. */
  secure(kind: 'HTTPS' | 'HTTPS, not verified' | 'Plain HTTP'): Promise<void>;
  /** With a user name and a password. */
  signIn(username: string, password: string): Promise<void>;
  openAdvanced(): Promise<void>;
  press(button: 'Test' | 'Test again' | 'Test and save' | 'Save' | 'Save anyway' | 'Cancel'): Promise<void>;
  /** One line of the connection test. */
  step(name: StepName, status: StepStatus): Locator;
}

type StepName = 'reach' | 'tls' | 'protocol' | 'signIn' | 'list' | 'delete';
type StepStatus = 'passed' | 'warning' | 'failed' | 'skipped';

/** Where a registry of any product is added. */
export const NEW_ACCOUNT = '/accounts/new?product=generic';

/** The field that takes whatever names a registry, on the first page and where one is added. */
export function pasteField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Address, image reference or docker login command' });
}

/** Goes on to the form with what is typed there. */
export async function openForm(page: Page, text: string): Promise<AccountForm> {
  await pasteField(page).fill(text);
  await page.keyboard.press('Enter');
  const form = accountForm(page);
  await form.name.waitFor();
  return form;
}

export function accountForm(page: Page): AccountForm {
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const choose = (group: string, kind: string) =>
    page.getByRole('radiogroup', { name: group }).getByText(kind, { exact: true }).click();
  return {
    address: page.getByRole('textbox', { name: 'Address', exact: true }),
    name: page.getByRole('textbox', { name: 'Name', exact: true }),
    username: page.getByRole('textbox', { name: 'User name' }),
    password: field('Password or access token'),
    authorities: page.getByRole('textbox', { name: 'CA certificates' }),
    secure: (kind) => choose('Encryption', kind),
    async signIn(username, password) {
      await choose('Sign-in', 'User name and password');
      await this.username.fill(username);
      await this.password.fill(password);
    },
    openAdvanced: () =>
      page.getByRole('button', { name: 'TLS certificates, proxy, uploads, product' }).click(),
    press: (button) => page.getByRole('button', { name: button, exact: true }).click(),
    step: (name, status) => page.locator(`[data-step="${name}"][data-status="${status}"]`),
  };
}
