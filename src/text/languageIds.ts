/** VS Code's language identifiers with the endings of their files, as in VS Code's own language extensions. */
const extensionsOf: Readonly<Record<string, string>> = {
  asciidoc: 'adoc asciidoc',
  bat: 'bat cmd',
  c: 'c i',
  clojure: 'clj cljs cljc edn',
  cmake: 'cmake',
  coffeescript: 'coffee cson',
  cpp: 'cpp cc cxx c++ h hpp hh hxx h++ inl ipp ino',
  csharp: 'cs csx cake',
  css: 'css',
  'cuda-cpp': 'cu cuh',
  dart: 'dart',
  dockerfile: 'dockerfile containerfile',
  elixir: 'ex exs',
  elm: 'elm',
  erlang: 'erl hrl',
  fsharp: 'fs fsi fsx fsscript',
  go: 'go',
  graphql: 'graphql gql',
  groovy: 'groovy gvy gradle',
  haskell: 'hs lhs',
  html: 'html htm shtml xhtml',
  ini: 'ini',
  java: 'java jav',
  javascript: 'js mjs cjs es6',
  javascriptreact: 'jsx',
  json: 'json webmanifest geojson ipynb',
  jsonc: 'jsonc code-workspace',
  julia: 'jl',
  kotlin: 'kt kts',
  latex: 'tex ltx ctx',
  less: 'less',
  lisp: 'lisp lsp cl el',
  lua: 'lua',
  makefile: 'mak mk',
  markdown: 'md markdown mdown mkd mdwn mdtxt',
  matlab: 'matlab',
  nix: 'nix',
  'objective-c': 'm',
  'objective-cpp': 'mm',
  ocaml: 'ml mli',
  perl: 'pl pm pod t psgi',
  php: 'php php4 php5 phtml ctp',
  plaintext: 'txt',
  powershell: 'ps1 psm1 psd1',
  properties: 'properties cfg conf directory gitattributes gitconfig gitmodules editorconfig',
  proto3: 'proto',
  python: 'py pyi pyw rpy pyt',
  r: 'r rprofile rhistory',
  restructuredtext: 'rst',
  ruby: 'rb rbx rjs gemspec rake ru erb podspec',
  rust: 'rs',
  scala: 'scala sc sbt',
  scheme: 'scm ss rkt',
  scss: 'scss',
  shellscript: 'sh bash bashrc bash_profile profile ksh zsh zshrc zshenv zprofile fish command',
  sql: 'sql dsql',
  svelte: 'svelte',
  swift: 'swift',
  tcl: 'tcl',
  terraform: 'tf tfvars',
  tex: 'sty cls bbx cbx',
  toml: 'toml',
  typescript: 'ts mts cts',
  typescriptreact: 'tsx',
  vb: 'vb bas vbs',
  vue: 'vue',
  xml: 'xml xsd svg csproj fsproj vbproj plist xaml rss wsdl',
  xsl: 'xsl xslt',
  yaml: 'yaml yml cff',
  zig: 'zig zon',
};

/** Files whose whole name tells the language; compared without regard to case. */
const idsOfNames: Readonly<Record<string, string>> = {
  '.gitignore': 'ignore',
  '.npmignore': 'ignore',
  '.dockerignore': 'ignore',
  'cmakelists.txt': 'cmake',
  commit_editmsg: 'git-commit',
  containerfile: 'dockerfile',
  dockerfile: 'dockerfile',
  gemfile: 'ruby',
  gnumakefile: 'makefile',
  jakefile: 'javascript',
  jenkinsfile: 'groovy',
  makefile: 'makefile',
  podfile: 'ruby',
  rakefile: 'ruby',
  'tsconfig.json': 'jsonc',
};

const idsOfExtensions = new Map(
  Object.entries(extensionsOf).flatMap(([id, extensions]) =>
    extensions.split(' ').map((extension) => [extension, id] as const),
  ),
);

/** Every identifier of the table, sorted. */
export const languageIds: readonly string[] = [
  ...new Set([...Object.keys(extensionsOf), ...Object.values(idsOfNames)]),
].sort();

/** The language identifier that VS Code gives to a file by its name; undefined for a name that tells none. */
export function languageIdOfFile(path: string): string | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  if (Object.hasOwn(idsOfNames, name)) return idsOfNames[name];
  const known = name.includes('.') ? idsOfExtensions.get(name.slice(name.lastIndexOf('.') + 1)) : undefined;
  // `Dockerfile.dev` and `Makefile.am` are told by their beginning.
  return known ?? /^(dockerfile|makefile)\./.exec(name)?.[1];
}
