const names: Readonly<Record<string, string>> = { ' ': '·', '\t': '⇥', '\n': '⏎', '\r': '␍', '\u00a0': '⍽' };

/** A token's text with its blanks visible and without characters that would act on what shows it (controls, bidi marks). */
export function visibleText(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const name = names[character];
    if (name !== undefined) return name;
    const code = character.codePointAt(0)!;
    // Joiners belong to emoji and to scripts; everything else of these classes is invisible and could deceive.
    if (code === 0x200d || code === 0x200c) return character;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
