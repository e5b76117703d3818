import { describe, expect, it } from 'vitest';
import { isInComment } from '../../../../src/text/isInComment';
import { languageAt } from '../../../../src/text/embeddedLanguage';
import { opensBlock } from '../../../../src/completion/judge/opensBlock';

describe('isInComment', () => {
  it.each([
    ['typescript', '// to '],
    ['typescript', 'a(); // to '],
    ['typescript', '/**\n * to '],
    ['typescript', "const a = '//'; // to "],
    ['rust', "impl<'a> Parser<'a> { // to "],
    ['python', 'a = "#"  # to '],
    ['yaml', 'a: 1 # to '],
    ['lua', '--[[\n to '],
    ['html', '<!-- to '],
    ['vue', '<script>\n// to '],
    ['svelte', '<style>\n/* to '],
    ['tcl', '# to '],
    ['proto3', '// to '],
    ['json5', '{ // to '],
    ['graphql', '# to '],
    ['ruby', '=begin\nto '],
    ['scss', '// to '],
  ])('is true in %s for %j', (languageId, prefix) => {
    expect(isInComment(prefix, languageId)).toBe(true);
    expect(isInComment(`a\n${prefix}`, languageId)).toBe(true);
  });

  it.each([
    ['typescript', 'const files = "src/**/*.ts";\n'],
    ['typescript', "app.get('/api/*', () => {\n  "],
    ['typescript', "const url = 'http://a"],
    ['typescript', 'const url = `http://${a}'],
    ['typescript', '/* a */ b'],
    ['typescript', '// a\nb'],
    ['shellscript', 'echo ${name#prefix} '],
    ['shellscript', 'echo $# '],
    ['yaml', 'color: "#fff" '],
    ['yaml', 'path: a#b '],
    ['lua', '--[[ a ]] b'],
    ['rust', 'let c: &\'a str = "//"; '],
    ['scss', 'a { background: url(http://a'],
    ['latex', '50\\% of '],
    ['vue', '<script>\n// a\n</script>\n<p>// to '],
    ['json', '// to '],
    ['ruby', 'a =begin'],
  ])('is false in %s for %j', (languageId, prefix) => {
    expect(isInComment(prefix, languageId)).toBe(false);
  });

  it('looks for the start of a block comment further back than a statement', () => {
    expect(isInComment(`/*\n${' a line of it\n'.repeat(900)}`, 'c')).toBe(true);
  });
});

describe('languageAt', () => {
  it.each([
    ['vue', '<template>\n  <p>', 'vue'],
    ['vue', '<template></template>\n<script setup lang="ts">\nconst a', 'typescript'],
    ['vue', '<script>\n</script>\n<style scoped>\n.a', 'scss'],
    ['svelte', '<script', 'svelte'],
    ['html', '<script>\n</script>\n<p>', 'html'],
    ['typescript', 'const a = "<script>"', 'typescript'],
  ])('of %s behind %j is %s', (languageId, prefix, expected) => {
    expect(languageAt(prefix, languageId)).toBe(expected);
  });
});

describe('opensBlock', () => {
  it.each([
    ['python', 'if a:', true],
    ['yaml', 'steps:', true],
    ['python', 'a: ', false],
    ['css', '  color: ', false],
    ['json', '  "name": ', false],
    ['typescript', 'const a:', false],
    ['typescript', 'f(() => ', true],
    ['go', 'func f() {', true],
    [undefined, 'f(', true],
  ])('in %s, behind %j: %s', (languageId, line, expected) => {
    expect(opensBlock(line, languageId)).toBe(expected);
  });
});
