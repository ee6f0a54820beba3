import { expect } from 'vitest';
import { whenFinished } from './cleanup.ts';
import { answerTo, type Held } from './harbor-answers.ts';
import { HarborContent } from './harbor-content.ts';
import { HarborManaged } from './harbor-managed.ts';
import { HarborScans } from './harbor-scans.ts';
import { type Answer, type Seen, startServer, type TestServer } from './server.ts';

export { credentialsOf, type Role } from './harbor-answers.ts';

export interface ReplayedHarbor extends TestServer, Held {
  /** What is answered in place of all else, by `METHOD /path` without the query. */
  readonly refusals: Map<string, Answer>;
  /** Manifests that were read by the protocol, each of which Harbor counts as a pull. */
  pulls(): number;
}

/**
 * A Harbor with one repository, `team/web`, and without a project `nosuch`, that answers as the recorded one did: refusals and signing in word for word, by the
 * rights the recording reports of each role. What was not recorded (manifests, tokens, the result of writing) is made up here from
 * the facts reported with the recording. Fails the test on a request that we should not make, the password on `/v2/` among them.
 */
export async function startHarbor(): Promise<ReplayedHarbor> {
  const content = new HarborContent();
  const managed = new HarborManaged();
  const scans = new HarborScans(content, managed);
  const unexpected: string[] = [];
  const refusals = new Map<string, Answer>();
  const route = (seen: Seen): Answer => {
    const [path = ''] = seen.url.split('?');
    const answer = refusals.get(`${seen.method} ${path}`) ?? answerTo({ content, managed, scans }, seen);
    if (answer !== undefined) return answer;
    unexpected.push(`${seen.method} ${seen.url} ${seen.headers.authorization?.split(' ')[0] ?? ''}`);
    return { status: 418 };
  };
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const server = await startServer(Object.fromEntries(methods.map((method) => [`${method} *`, route])));
  whenFinished(() => expect(unexpected, 'requests that Harbor should not see').toEqual([]));
  const pulls = () =>
    server.seen.filter(({ method, url }) => method === 'GET' && url.includes('/manifests/')).length;
  return { ...server, content, managed, scans, refusals, pulls };
}
