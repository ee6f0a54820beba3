import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { auditEntry, recordedChanges, settingsChange } from '../../src-main/common/audit.ts';
import { root } from '../../src-main/hosts/launcher/place.mjs';

interface Mapping {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Mapping>>;
}

const mapping: z.ZodType<Mapping> = z.lazy(() =>
  z.looseObject({
    type: z.string().exactOptional(),
    properties: z.record(z.string(), mapping).exactOptional(),
  }),
);
const template = z.object({
  index_patterns: z.array(z.string()).min(1),
  template: z.object({ mappings: z.looseObject({ dynamic: z.literal(false) }).and(mapping) }),
});

const inReadme = (name: string) => readFile(join(root, '.readme', name), 'utf8');

async function mappings(): Promise<Readonly<Record<string, Mapping>>> {
  const read = template.parse(JSON.parse(await inReadme('audit/elasticsearch-template.json')));
  return read.template.mappings.properties ?? {};
}

test('the index template maps the fields of an entry, each of them and no others, and the document names them', async () => {
  const fields = Object.keys(auditEntry.shape);
  const properties = await mappings();
  expect(Object.keys(properties).sort()).toEqual(fields.toSorted());
  expect(properties.at).toEqual({ type: 'date' });
  expect(Object.keys(properties.account?.properties ?? {})).toEqual(['id', 'name', 'user']);
  const document = await inReadme('AUDIT.md');
  for (const field of fields) expect(document).toContain(`| \`${field}\` |`);
});

test('it maps what entries hold by event, and leaves out what has no fixed shape', async () => {
  const detail = (await mappings()).detail?.properties ?? {};
  expect(Object.keys(detail.fields?.properties ?? {})).toEqual(['field', 'before', 'after']);
  for (const name of Object.keys(settingsChange.shape)) expect(detail).toHaveProperty(name);
  expect(Object.keys(detail.changes?.properties ?? {})).toEqual(
    Object.keys(recordedChanges.shape.items.element.shape),
  );
  expect(detail.subject).toEqual({ type: 'object', enabled: false });
});
