/** Whose rules are read, from what people have of them. Apart from the shapes: the help of a command is printed without these. */
export const RULE_FORMATS = ['harbor', 'ecr', 'gitlab', 'acr', 'zot'] as const;
export type RuleFormat = (typeof RULE_FORMATS)[number];
