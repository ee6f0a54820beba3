import type { RulesService } from '../core/cleanup-rules.ts';
import { importRules } from './importers/index.ts';
import { readInUse } from './in-use.ts';
import { kubernetesContexts, kubernetesInUse } from './kubernetes.ts';
import { readRules, writeRules } from './text.ts';

export const rules: RulesService = {
  read: readRules,
  write: writeRules,
  import: importRules,
  async inUse(text, { signal } = {}) {
    const { digests, names } = await readInUse(text, signal);
    return digests.size + names.size;
  },
  contexts: kubernetesContexts,
  cluster: kubernetesInUse,
};
