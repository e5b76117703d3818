import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFailurePictures } from './support/failurePictures';
import { statistics } from './support/samples';
import { openTopK, someGhost, typeAtEnd } from './support/topK';
import { quickOpen, type Workbench } from './support/workbench';

/** Any of these silences the telemetry in ONNX Runtime 1.30, which so would not be seen on a build server. */
const silencingVariables = [
  ...['CI', 'TF_BUILD', 'GITHUB_ACTIONS', 'GITLAB_CI', 'CIRCLECI', 'TRAVIS', 'JENKINS_URL', 'CODEBUILD_BUILD_ID'],
  ...['BUILDKITE', 'TEAMCITY_VERSION', 'APPVEYOR', 'BITBUCKET_BUILD_NUMBER', 'SYSTEM_TEAMFOUNDATIONCOLLECTIONURI'],
  ...['ORT_DISABLE_TELEMETRY', 'ORT_RUNNING_UNIT_TESTS'],
];
/** Folders in the workbench's home that are VS Code's own, its log and the extension's storage among them. */
const ownFolders = new Set(['workspace', 'extensions', 'user', 'server', 'server.log']);
/** VS Code's own, that Microsoft's tools share; the library would make one in a folder of its own beside it. */
const deviceIdOfVSCode = path.join('xdg', 'Microsoft', 'DeveloperTools', 'deviceid');

let workbench: Workbench;
keepFailurePictures(() => workbench.page);

beforeAll(async () => {
  const env = Object.fromEntries(silencingVariables.map((name) => [name, '']));
  workbench = await openTopK({ files: { 'first.py': statistics }, env });
});
afterAll(() => workbench.close());

describe('the installed extension', () => {
  // test/network watches the same package's engine for sockets, too, which nobody can in the midst of VS Code's own.
  it('has left no file in the home folder, nor has the library that runs its model, when a completion is there', async () => {
    const { page, server } = workbench;
    await quickOpen(page, 'first.py');
    await typeAtEnd(page, '    if not va');
    await someGhost(page);
    const home = path.dirname(server.workspace);
    const foreign = readdirSync(home, { withFileTypes: true, recursive: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)))
      .filter((file) => file !== deviceIdOfVSCode && !ownFolders.has(file.split(path.sep)[0]!));
    expect(foreign).toEqual([]);
  });
});
