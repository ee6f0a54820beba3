import {
  clusterContexts,
  clusterRequest,
  importedRules,
  importRulesRequest,
  inUseRead,
  inUseText,
  kubeconfigChoice,
  readRules,
  rulesText,
  writeRulesRequest,
} from '../common/cleanup.ts';
import { procedure } from './base.ts';

/** Files of cleanup rules, and what is in use elsewhere: nothing of it asks a registry or changes anything. */
export const rules = {
  /** Rules of a text, or what is wrong with it. */
  read: procedure.input(rulesText).output(readRules),
  /** The text of rules. */
  write: procedure.input(writeRulesRequest).output(rulesText),
  /** Rules of another product as ours. `invalidInput` where they are something else. */
  import: procedure.input(importRulesRequest).output(importedRules),
  /** How many images a text names that run somewhere. `invalidInput` where it cannot be read. */
  inUse: procedure.input(inUseText).output(inUseRead),
  /** The contexts of the user's own kubeconfig. */
  contexts: procedure.input(kubeconfigChoice).output(clusterContexts),
  /** What a cluster runs, as such a text: the user's kubectl is asked, and whatever signs it in. */
  cluster: procedure.input(clusterRequest).output(inUseText),
};
