/**
 * README.md as the extension's page in VS Code can show it. That page takes pictures from the web and nowhere else: neither
 * files of the extension nor data addresses pass (microsoft/vscode, markdownDocumentRenderer.ts: http and https only). Until
 * the project has a web address the pictures are left out, and the first one's place says where they can be seen; links to files of
 * the project become plain words.
 * @param {string} markdown
 * @param {string} [address] where the project's files are on the web, with a slash at its end
 * @returns {string}
 */
export function packagedReadme(markdown, address) {
  let isSaid = false;
  return markdown.replace(
    /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)(\n\n)?/g,
    (_, isPicture, text, file, gap = '') => {
      if (address !== undefined) return `${isPicture}[${text}](${address}${file})${gap}`;
      if (!isPicture) return `${text}${gap}`;
      const words = isSaid ? '' : `${wherePicturesAre}${gap}`;
      isSaid = true;
      return words;
    },
  );
}

const wherePicturesAre =
  'To see it: run _Welcome: Open Walkthrough…_ from the Command Palette and choose _First Steps with Top-K_.';
