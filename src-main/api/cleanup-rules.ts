import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const rulesApi = ({ rules }: Core) =>
  api.rules.router({
    read: api.rules.read.handler(({ input: { text } }) => rules.read(text)),
    write: api.rules.write.handler(({ input }) => ({ text: rules.write(input.rules) })),
    import: api.rules.import.handler(({ input: { format, text, scope } }) =>
      rules.import(format, text, scope),
    ),
    inUse: api.rules.inUse.handler(async ({ input: { text }, signal }) => ({
      images: await rules.inUse(text, { signal }),
    })),
    contexts: api.rules.contexts.handler(({ input, signal }) => rules.contexts({ ...input, signal })),
    cluster: api.rules.cluster.handler(async ({ input: { context, kubeconfig }, signal }) => ({
      text: await rules.cluster(context, { kubeconfig, signal }),
    })),
  });
