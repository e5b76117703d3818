import { readFileSync } from 'node:fs';
import path from 'node:path';

const pictureTypes = { '.png': 'image/png', '.gif': 'image/gif' };

/**
 * README.md as the extension's page in VS Code can show it. That page reads no file beside the README: it takes pictures from
 * the web, or out of the text itself (microsoft/vscode, extensionEditor.ts: `img-src https: data:`). The project has no web
 * address, so pictures become part of the text, and links to files of the project become plain words.
 * @param {string} markdown
 * @param {string} folder that the relative addresses count from
 * @returns {string}
 * @throws where a picture is missing, or of another type
 */
export function packagedReadme(markdown, folder) {
  return markdown.replace(/(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, isPicture, text, file) =>
    isPicture ? `![${text}](${dataAddress(path.join(folder, file))})` : text,
  );
}

function dataAddress(file) {
  const type = pictureTypes[path.extname(file)];
  if (type === undefined) throw new Error(`${file} is neither PNG nor GIF, and cannot be put into the README.`);
  return `data:${type};base64,${readFileSync(file, 'base64')}`;
}
