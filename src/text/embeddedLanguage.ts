/** Languages whose files hold scripts and styles in elements of their own. */
const hosts = new Set(['vue', 'svelte', 'html', 'astro', 'xhtml']);

/**
 * The language at the end of a text: inside a `<script>` or `<style>` element of a host language, that of the element;
 * TypeScript and SCSS stand for their kinds, as their strings and comments are the same.
 */
export function languageAt(prefix: string, languageId: string | undefined): string | undefined {
  if (languageId === undefined || !hosts.has(languageId)) return languageId;
  if (isInElement(prefix, 'script')) return 'typescript';
  return isInElement(prefix, 'style') ? 'scss' : languageId;
}

function isInElement(prefix: string, name: string): boolean {
  const start = prefix.lastIndexOf(`<${name}`);
  return start >= 0 && prefix.includes('>', start) && !prefix.includes(`</${name}`, start);
}
