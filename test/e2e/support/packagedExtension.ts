/** The VSIX that the tests install: what a user gets, not the source folder. */
export const packagedExtension = '.e2e/top-k.vsix';
/** Publisher and name, as VS Code names it. */
export const extensionId = 'top-k.top-k';
