/**
 * A translation's shape: every key of the English words, each a string. Keys ending in `_one` may be left out, for languages
 * that have one plural form.
 */
export type Translation<Words> = {
  [Key in keyof Words as Key extends `${string}_one` ? never : Key]: Words[Key] extends string
    ? string
    : Translation<Words[Key]>;
} & {
  [Key in keyof Words as Key extends `${string}_one` ? Key : never]?: string;
};
