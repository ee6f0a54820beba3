import { test } from 'vitest';

const { WHARFINGER_TEST_HARBOR: url, WHARFINGER_TEST_HARBOR_PASSWORD: password } = process.env;

/** The address of a real Harbor and its administrator's password, where both are given. */
const realHarbor = url && password ? { url, password } : undefined;

/** A test that runs on a real Harbor; where none is given it is reported as skipped. */
export const testWithRealHarbor = (
  title: string,
  body: (real: { url: string; password: string }) => Promise<void>,
) =>
  realHarbor
    ? test(title, () => body(realHarbor))
    : test.skip(`${title}: needs WHARFINGER_TEST_HARBOR and WHARFINGER_TEST_HARBOR_PASSWORD`, () => {});
