import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { readInstant } from '../../model/image.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { ProductAudit, ProductAuditEntry } from '../../product/said.ts';
import { API, apiPages, BY_NAME, projectPath } from './api.ts';

const entries = z.array(
  z.object({
    id: z.number().int(),
    op_time: z.string(),
    operation: z.string().catch(''),
    operation_description: z.string().optional().catch(undefined),
    operation_result: z.boolean().optional().catch(undefined),
    resource: z.string().catch(''),
    resource_type: z.string().catch(''),
    username: z.string().catch(''),
  }),
);

/** The newer list first; Harbor before 2.13 has the older one alone. @see Harbor API v2.0, `/auditlog-exts`, `/audit-logs` */
export const productAudit = (api: ProductApi): ProductAudit => ({
  async *list({ project }, signal) {
    const [newer, older] =
      project === undefined
        ? [`${API}/auditlog-exts`, `${API}/audit-logs`]
        : [`${projectPath(project)}/auditlog-exts`, `${projectPath(project)}/logs`];
    let began = false;
    try {
      for await (const page of apiPages(api, newer, entries, signal, BY_NAME)) {
        began = true;
        yield page.map(entryOf);
      }
    } catch (error) {
      if (began || !(error instanceof RegistryError) || error.code !== 'notFound') throw error;
      for await (const page of apiPages(api, older, entries, signal, BY_NAME)) yield page.map(entryOf);
    }
  },
});

function entryOf(one: z.infer<typeof entries>[number]): ProductAuditEntry {
  return {
    id: String(one.id),
    at: readInstant(one.op_time) ?? one.op_time,
    who: one.username,
    what: one.operation_description ?? one.operation,
    kind: one.resource_type,
    name: one.resource,
    ...(one.operation_result === undefined ? {} : { done: one.operation_result }),
  };
}
