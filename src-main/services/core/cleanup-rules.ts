import type { ImportedRules, ReadRules } from '../../common/cleanup.ts';
import type { RuleFormat } from '../../common/rule-formats.ts';
import type { CallOptions } from '../types.ts';

interface ClusterOptions extends CallOptions {
  /** A kubeconfig that the user chose; else the one that kubectl takes by itself. */
  kubeconfig?: string | undefined;
}

/** Files of cleanup rules, and what is in use elsewhere. */
export interface RulesService {
  read(text: string): ReadRules;
  /** Also of rules that have something wrong with them. */
  write(rules: object): string;
  /** @throws ServiceError `invalidInput` where it is something else */
  import(format: RuleFormat, text: string, scope: string): ImportedRules;
  /** How many images a text names. @throws ServiceError `invalidInput` where it cannot be read */
  inUse(text: string, options?: CallOptions): Promise<number>;
  /** That kubectl knows. @throws ServiceError `unsupported` where there is no kubectl */
  contexts(options?: ClusterOptions): Promise<string[]>;
  /** A list of the images that a cluster runs. @throws ServiceError */
  cluster(context: string, options?: ClusterOptions): Promise<string>;
}
