import type { ConfigurationAdvice } from '../../product/advice.ts';

/** The job that frees bytes, in `app.ini`, and the rules of each owner that it applies. Nothing of either is shown to who is no administrator. */
export const configurationAdvice: ConfigurationAdvice = {
  read: () =>
    Promise.resolve([
      {
        name: 'packageCleanup',
        state: 'unknown',
        file: '[cron.cleanup_packages]\nENABLED = true\nRUN_AT_START = true\nSCHEDULE = @midnight\nOLDER_THAN = 24h',
        documentation: 'https://docs.gitea.com/administration/config-cheat-sheet',
      },
      {
        name: 'packageRules',
        state: 'unknown',
        documentation: 'https://docs.gitea.com/usage/packages/storage',
      },
    ]),
};
