/** How a language marks comments. */
export interface CommentSyntax {
  /** Starts a comment that ends with the line. */
  readonly line?: string;
  /** Start and end of a comment that may span lines. */
  readonly block?: readonly [start: string, end: string];
}

const cBlock = ['/*', '*/'] as const;
const slashes: CommentSyntax = { line: '//', block: cBlock };
const hash: CommentSyntax = { line: '#' };
const markup: CommentSyntax = { block: ['<!--', '-->'] };

/** Keyed by VS Code's language identifiers; the marks are those of VS Code's own language configurations. */
const syntaxes = new Map<string, CommentSyntax>([
  ...['c', 'cpp', 'csharp', 'cuda-cpp', 'dart', 'go', 'groovy', 'java', 'javascript', 'javascriptreact'].map(
    withSlashes,
  ),
  ...['jsonc', 'kotlin', 'less', 'objective-c', 'objective-cpp', 'php', 'proto3', 'rust', 'scala', 'scss'].map(
    withSlashes,
  ),
  ...['shaderlab', 'swift', 'typescript', 'typescriptreact', 'zig', 'proto', 'protobuf', 'json5'].map(withSlashes),
  ...['solidity', 'glsl', 'hlsl', 'wgsl', 'd', 'haxe', 'verilog', 'systemverilog', 'prisma'].map(withSlashes),
  ...['cmake', 'dockerfile', 'elixir', 'gitignore', 'ignore', 'nix', 'perl', 'perl6', 'properties', 'r'].map(withHash),
  ...['shellscript', 'toml', 'yaml', 'tcl', 'graphql', 'awk', 'fish', 'crystal', 'gdscript', 'starlark'].map(withHash),
  ...['html', 'markdown', 'xml', 'xsl', 'svg', 'vue', 'svelte', 'astro'].map((id): [string, CommentSyntax] => [
    id,
    markup,
  ]),
  ['python', hash],
  ['coffeescript', { line: '#', block: ['###', '###'] }],
  ['julia', { line: '#', block: ['#=', '=#'] }],
  ['makefile', hash],
  ['powershell', { line: '#', block: ['<#', '#>'] }],
  ['ruby', { line: '#', block: ['=begin', '=end'] }],
  ['terraform', { line: '#', block: cBlock }],
  ['css', { block: cBlock }],
  ['fsharp', { line: '//', block: ['(*', '*)'] }],
  ['ocaml', { block: ['(*', '*)'] }],
  ['haskell', { line: '--', block: ['{-', '-}'] }],
  ['elm', { line: '--', block: ['{-', '-}'] }],
  ['lua', { line: '--', block: ['--[[', ']]'] }],
  ['sql', { line: '--', block: cBlock }],
  ['bat', { line: 'REM' }],
  ['clojure', { line: ';' }],
  ['ini', { line: ';' }],
  ['lisp', { line: ';' }],
  ['scheme', { line: ';' }],
  ['racket', { line: ';' }],
  ['nim', { line: '#', block: ['#[', ']#'] }],
  ['vhdl', { line: '--' }],
  ['ada', { line: '--' }],
  ['prolog', { line: '%', block: cBlock }],
  ['erlang', { line: '%' }],
  ['latex', { line: '%' }],
  ['matlab', { line: '%', block: ['%{', '%}'] }],
  ['tex', { line: '%' }],
  ['vb', { line: "'" }],
]);

/** The comment marks of a language; undefined for a language that has none (JSON, plain text) or that is not known. */
export function commentSyntaxOf(languageId: string | undefined): CommentSyntax | undefined {
  return languageId === undefined ? undefined : syntaxes.get(languageId);
}

/** Whether a language is mostly sentences, where brackets and quotes need not pair (`a)`, `don't`, `:)`). */
export function isProse(languageId: string | undefined): boolean {
  return languageId !== undefined && proseLanguages.has(languageId);
}

const proseLanguages = new Set(['plaintext', 'markdown', 'latex', 'tex', 'restructuredtext', 'git-commit', 'asciidoc']);

function withSlashes(languageId: string): [string, CommentSyntax] {
  return [languageId, slashes];
}

function withHash(languageId: string): [string, CommentSyntax] {
  return [languageId, hash];
}
