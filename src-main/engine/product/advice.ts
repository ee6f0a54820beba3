import type { AdvisedSettingName, SettingState } from '../vocabulary/registry-facts.ts';

/** A setting of the registry's own configuration: what it does is words of the app's, how it is written is here. */
export interface AdvisedSetting {
  readonly name: AdvisedSettingName;
  readonly state: SettingState;
  /** Lines of its configuration file; absent where it is set elsewhere. */
  readonly file?: string;
  /** The same as variables of its environment, where it takes them. */
  readonly environment?: readonly string[];
  /** A page of the product's own documentation. */
  readonly documentation: string;
}

/** Says how a product is configured for what this app does with it: no API sets that, who runs the registry does. */
export interface ConfigurationAdvice {
  /** @param repository one that is there, if any is known @throws {RegistryError} of the transport */
  read(repository: string | undefined, signal: AbortSignal | undefined): Promise<readonly AdvisedSetting[]>;
}
