/**
 * A line that only closes a block: brackets, the words of languages without them (`end`, `fi`, `endif()`, `{% endif %}`),
 * or a closing tag. Many blocks end alike, so that such a line says little.
 */
const closingLine =
  /^(?:[)\]}>]+[)\]};,]*|\W*(?:end\w*|fi|done|esac|od)\b\s*(?:\([^()]*\))?\W*|<\/[\w:.-]+>[;,)]*|\{\/\w+\})$/i;

/** Whether a line does nothing but close a block. */
export function isClosingLine(line: string): boolean {
  return closingLine.test(line.trim());
}
