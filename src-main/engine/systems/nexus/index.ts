import type { Product } from '../../product/product.ts';

/** Sonatype Nexus Repository 3. */
export const nexus: Product = {
  id: 'nexus',
  recognise: ({ header }) => {
    const server = /^nexus\/([\w.-]+)/i.exec(header('server') ?? '');
    return server?.[1] === undefined ? undefined : { by: 'header', version: server[1] };
  },
  facts: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: {
      when: 'online',
      way: 'none',
      frees: ['nexusUnused', 'nexusCompact'],
      seen: ['runs', 'usage'],
      cautions: ['administrator'],
      documentation: 'https://help.sonatype.com/en/tasks.html',
    },
  },
};
