import { probeDeletion } from '../../endpoints/deletion-probe.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { WriteProbe } from '../../product/abilities.ts';
import type { ConfigurationAdvice } from '../../product/advice.ts';
import type { SettingState } from '../../vocabulary/registry-facts.ts';
import type { DebugPort } from './debug-port.ts';
import { advisedSettings } from './settings.ts';

/** What the registry shows of its settings by what it does; what only its file says is unknown. */
export const configurationAdvice = (
  client: RegistryClient,
  writes: WriteProbe,
  debug: DebugPort | undefined,
): ConfigurationAdvice => ({
  async read(repository, signal) {
    const { digest } = await probeDeletion(client, repository, { signal });
    const takes = digest === 'no' ? await writes.read(repository, signal) : 'unknown';
    const told = await debug?.told(signal);
    return advisedSettings({
      // A cache and a registry in maintenance refuse deletions whatever is set.
      deletion: state(digest === 'yes', digest === 'no' && takes === 'yes'),
      uploadPurging: 'unknown',
      pullThroughCache: state(takes === 'cache', digest === 'yes' || takes === 'yes'),
      notifications: state((told?.endpoints ?? 0) > 0, told?.endpoints === 0),
      debugPort: state(told !== undefined, false),
    });
  },
});

const state = (on: boolean, off: boolean): SettingState => (on ? 'on' : off ? 'off' : 'unknown');
