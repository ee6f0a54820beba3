import { z } from 'zod';
import { cleanupRules } from './cleanup.ts';

/** What editors complete and check files of rules by: JSON Schema. `cleanup-rules.schema.json` is this. */
export const cleanupRulesSchema = (): object => ({
  ...z.toJSONSchema(cleanupRules, { io: 'input' }),
  title: 'Wharfinger cleanup rules',
  description:
    'Which tags of which repositories stay and which go. The first match in the order protect, keep, delete decides; what nothing matches stays.',
});
