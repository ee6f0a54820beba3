import { type Defining, type Options, readAccess } from './defining.ts';

/** Sign-ins, locks, settings, and hosts that are trusted. */
export function addAccountCommands({ define, reading, run }: Defining): void {
  reading('login <host>', 'sign in and keep it in the keychain').action(
    async (host: string, options: Options) => {
      const { login } = await import('./commands/accounts.ts');
      const access = await readAccess(options);
      await run(options, (context) => login(context, host, access));
    },
  );

  define('logout <host>', 'forget the sign-in of a registry')
    .option('--username <name>', 'of this user only')
    .action(async (host: string, options: Options & { username?: string }) => {
      const { logout } = await import('./commands/accounts.ts');
      await run(options, (context) => logout(context, host, options.username));
    });

  const accounts = define('accounts', 'list the accounts').action(async (options: Options) => {
    const commands = await import('./commands/accounts.ts');
    await run(options, commands.accounts);
  });
  const ofAccounts = (usage: string, description: string) => define(usage, description, accounts);
  for (const [name, readOnly] of [
    ['lock', true],
    ['unlock', false],
  ] as const)
    ofAccounts(`${name} <host>`, readOnly ? 'lock a registry read-only' : 'let it be changed again').action(
      async (host: string, options: Options) => {
        const { lockRegistry } = await import('./commands/locks.ts');
        await run(options, (context) => lockRegistry(context, host, readOnly));
      },
    );
  ofAccounts(
    'protect <host> [patterns...]',
    'protect tags from being moved and deleted, or list the patterns',
  )
    .option('--remove', 'protect them no longer')
    .addHelpText('after', PROTECT_HELP)
    .action(async (host: string, patterns: string[], options: Options & { remove?: boolean }) => {
      const { protectTags } = await import('./commands/locks.ts');
      await run(options, (context) => protectTags(context, host, patterns, options.remove === true));
    });

  define('settings [name] [value]', 'list the settings, show one, or change it').action(
    async (name: string | undefined, value: string | undefined, options: Options) => {
      const { showSettings } = await import('./commands/settings.ts');
      await run(options, (context) => showSettings(context, name, value));
    },
  );

  define('approve [hosts...]', 'approve hosts that registries send us to, or list those approved')
    .option('--remove', 'approve them no longer')
    .addHelpText('after', APPROVE_HELP)
    .action(async (hosts: string[], options: Options & { remove?: boolean }) => {
      const { approve } = await import('./commands/approve.ts');
      await run(options, (context) => approve(context, hosts, options.remove === true));
    });
}

const APPROVE_HELP = `
HOST is HOST or HOST:PORT. A registry that names an approved host as its token service is believed: the
sign-in goes there. It may also stand on a private network. Addresses of cloud metadata stay refused.`;

const PROTECT_HELP = `
PATTERN is one of tags (v*, stable), in every repository, or REPOSITORIES:TAGS (team/**:prod-*). * matches
anything but a slash, ** anything. Whatever plans to move or delete such a tag leaves it out and says so.`;
