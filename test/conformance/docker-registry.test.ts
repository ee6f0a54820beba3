import { describeWithPeer } from '../support/peers.ts';
import { dockerSetups } from './setups.ts';
import { conformanceSuite } from './suite.ts';

describeWithPeer(['docker-registry', 'htpasswd'], 'docker-registry 2.8', (programs) => {
  for (const [title, setup] of Object.entries(dockerSetups(programs))) conformanceSuite(title, setup);
});
