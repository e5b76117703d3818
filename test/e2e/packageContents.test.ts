import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AdmZip from 'adm-zip';
import { afterAll, describe, expect, it } from 'vitest';
import { packagedExtension } from '../support/packagedExtension';

const target = `${process.platform}-${process.arch}`;
const folder = mkdtempSync(path.join(tmpdir(), 'topk-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function checkPackage(file: string, forTarget = target): { status: number | null; faults: string } {
  const command = ['scripts/checkPackage.mjs', file, '--target', forTarget];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  return { status, faults: stderr };
}

/** The packages in the bundles that users get, as esbuild tells them. */
function bundledPackages(): string[] {
  const { inputs } = JSON.parse(readFileSync('dist/extension.meta.json', 'utf8')) as {
    inputs: Record<string, unknown>;
  };
  const names = Object.keys(inputs).flatMap((file) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(names)];
}

describe('the package', () => {
  it('is sound for its target, and for no other', () => {
    expect(checkPackage(packagedExtension)).toEqual({ status: 0, faults: '' });
    const other = checkPackage(packagedExtension, target === 'win32-x64' ? 'linux-x64' : 'win32-x64');
    expect(other.status).toBe(1);
    expect(other.faults).toContain('is of another platform');
  });

  it('names everybody whose work is in it, with the texts of their licences', () => {
    const notices = new AdmZip(packagedExtension).readAsText('extension/ThirdPartyNotices.txt');
    const packages = bundledPackages();
    expect(packages).toContain('vscode-jsonrpc'); // what is looked for is found
    for (const name of packages) expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, \\S+\\n\\n\\S`, 'm'));
    expect(notices).toMatch(/^onnxruntime-node and onnxruntime-common \d/m);
    expect(notices).toMatch(/^SmolLM2-135M-Instruct, Apache-2\.0/m);
  });

  it('is refused with a file too many, with one too few, and with a library of another system', () => {
    const zip = new AdmZip(packagedExtension);
    zip.deleteFile('extension/ThirdPartyNotices.txt');
    zip.addFile('extension/notes.txt', Buffer.from('for us only'));
    const library = zip.getEntries().find(({ entryName }) => entryName.endsWith('.node'))!;
    library.setData(Buffer.from('no library'));
    const broken = path.join(folder, 'broken.vsix');
    zip.writeZip(broken);
    const { status, faults } = checkPackage(broken);
    expect(status).toBe(1);
    expect(faults).toContain('ThirdPartyNotices.txt is missing');
    expect(faults).toContain('notes.txt is in it');
    expect(faults).toMatch(/\.node is no library of/);
  });
});
