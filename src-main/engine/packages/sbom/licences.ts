/** Those of the SPDX list that most packages have. What is none of them is written as a text of its own, which is never wrong. */
const KNOWN = new Set(
  (
    '0BSD AFL-2.1 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 Artistic-1.0 Artistic-2.0 BlueOak-1.0.0 BSD-1-Clause ' +
    'BSD-2-Clause BSD-3-Clause BSD-4-Clause BSL-1.0 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0 CDDL-1.0 CDDL-1.1 CPL-1.0 EPL-1.0 ' +
    'EPL-2.0 EUPL-1.2 FTL GFDL-1.3-or-later GPL-1.0-only GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only ' +
    'GPL-3.0-or-later HPND ICU ISC LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only ' +
    'LGPL-3.0-or-later MIT MIT-0 MPL-1.1 MPL-2.0 NCSA OFL-1.1 OpenSSL OSL-3.0 PostgreSQL PSF-2.0 Python-2.0 Ruby SMLNJ TCL ' +
    'Unicode-DFS-2016 Unlicense Vim W3C WTFPL X11 Zlib ZPL-2.1'
  ).split(' '),
);

/** Licences as expressions of SPDX, and the texts of those that are not on its list. @see SPDX 2.3, annex D */
export class Licences {
  readonly #references = new Map<string, string>();

  expressionOf(stated: string): string {
    if (isExpression(stated)) return stated;
    const known = this.#references.get(stated);
    if (known !== undefined) return known;
    const reference = `LicenseRef-${this.#references.size + 1}`;
    this.#references.set(stated, reference);
    return reference;
  }

  extracted(): object[] {
    return [...this.#references].map(([text, licenseId]) => ({ licenseId, name: text, extractedText: text }));
  }
}

/** Known licences, joined, without brackets. */
function isExpression(text: string): boolean {
  const words = text.split(' ');
  return (
    words.every((word, at) => (at % 2 === 0 ? KNOWN.has(word) : word === 'AND' || word === 'OR')) &&
    words.length % 2 === 1
  );
}
