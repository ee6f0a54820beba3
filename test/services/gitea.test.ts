import { expect, test } from 'vitest';
import { GITEA_USER, startGitea } from '../support/gitea.ts';
import { makeImage } from '../support/images.ts';
import { settingsFor, testCore } from './support/core.ts';

test('a plan that moves a tag says that the image which it named goes', async () => {
  const { gitea, server } = await startGitea();
  gitea.push('app', 'one', await makeImage({ name: 'one' }));
  gitea.push('app', 'two', await makeImage({ name: 'two' }));
  const core = await testCore();
  const { username, token } = GITEA_USER;
  const settings = settingsFor(server.url, { signIn: { kind: 'password', username } });
  const account = await core.accounts.add(settings, { password: token });
  const handle = await core.accounts.handle(account.id);
  const into = (tag: string) =>
    core.transfers.planCopies(handle, handle, [
      { source: { repository: 'dev/app', reference: 'two' }, target: { repository: 'dev/app', tag } },
    ]);
  expect((await into('one')).summary.takesReplaced).toBe(true);
  expect((await into('three')).summary).not.toHaveProperty('takesReplaced');
});
