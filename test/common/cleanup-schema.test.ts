import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cleanupRulesSchema } from '../../src-main/common/cleanup-schema.ts';

/** What editors complete and check rules by; published as it is in the repository. */
const FILE = path.join(import.meta.dirname, '../../src-main/common/cleanup-rules.schema.json');

test('the published schema is that of the rules', () => {
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(cleanupRulesSchema());
});

test('it says what each key means, and takes no other', () => {
  const text = readFileSync(FILE, 'utf8');
  expect(text).toContain('"additionalProperties": false');
  const schema: {
    properties: { rules: { items: { properties: { keep: { items: { properties: object } } } } } };
  } = JSON.parse(text);
  const { properties } = schema.properties.rules.items.properties.keep.items;
  expect(Object.entries(properties).filter(([, value]) => !('description' in value))).toEqual([]);
});
