import { describeWithPeer } from '../support/peers.ts';
import { distribution3Setups } from './setups.ts';
import { conformanceSuite } from './suite.ts';

describeWithPeer(
  ['distribution-3', 'htpasswd'],
  'distribution 3',
  ({ 'distribution-3': registry, htpasswd }) => {
    const setups = distribution3Setups({ 'docker-registry': registry, htpasswd });
    for (const [title, setup] of Object.entries(setups)) conformanceSuite(title, setup);
  },
);
