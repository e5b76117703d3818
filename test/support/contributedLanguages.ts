/** What extensions contribute to VS Code's languages: some of those that it brings along itself. */
export const contributedLanguages = [
  { id: 'c', extensions: ['.c', '.i'] },
  { id: 'cpp', extensions: ['.cpp', '.h', '.hpp'] },
  { id: 'python', extensions: ['.py', '.pyi'], filenames: ['SConstruct'] },
  { id: 'go', extensions: ['.go'] },
  { id: 'dockerfile', extensions: ['.dockerfile'], filenames: ['Dockerfile'] },
  { id: 'makefile', extensions: ['.mk'], filenames: ['Makefile', 'makefile'] },
  { id: 'plaintext', extensions: ['.txt'] },
];
