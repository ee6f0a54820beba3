/**
 * A character that cannot be seen where text is shown: controls, line separators, marks of direction, lone surrogates, and what takes no
 * room. With them a name looks like another one, and a sentence says the opposite.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
