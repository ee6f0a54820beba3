import { sha256 } from '../../support/images.ts';
import { type PushTarget, plainRequest } from '../../support/push.ts';

/** Tags of some repositories with the digests they point at, of bytes that are what the digest says. */
type State = Record<string, Record<string, string>>;

/** What the tags of a registry point at, read by the tests' own client. */
export async function stateOf(registry: PushTarget, repositories: readonly string[]): Promise<State> {
  const state: State = {};
  for (const repository of repositories) {
    const list = await plainRequest(registry, `/v2/${repository}/tags/list`);
    const { tags } = list.status === 200 ? JSON.parse(list.body.toString()) : { tags: [] };
    const known: Record<string, string> = {};
    for (const tag of [...(tags ?? [])].sort()) {
      const reply = await plainRequest(registry, `/v2/${repository}/manifests/${tag}`);
      known[tag] = sha256(reply.body);
    }
    state[repository] = known;
  }
  return state;
}
