import { describe, expect, it } from 'vitest';
import { currentPlatform, platformRefusal } from '../../../../src/engine/providers/platformRefusal';

const missing = new Error("Cannot find module '../bin/x.node'\nRequire stack:\n- /dist/engine.js");
const supported = 'win32 (x64, arm64), linux with glibc (x64, arm64) and darwin (arm64)';

describe('platformRefusal', () => {
  it('names a platform that there is no build for, and those that there is one for', () => {
    expect(platformRefusal(missing, { platform: 'darwin', arch: 'x64', libc: undefined })).toBe(
      `There is no build of ONNX Runtime for darwin x64; Top-K runs on ${supported}.`,
    );
    expect(platformRefusal(missing, { platform: 'linux', arch: 'x64', libc: 'musl' })).toBe(
      `There is no build of ONNX Runtime for linux x64 (musl); Top-K runs on ${supported}.`,
    );
  });

  it('says what is wrong where there is a build', () => {
    expect(platformRefusal(missing, { platform: 'linux', arch: 'x64', libc: 'glibc' })).toBe(
      "ONNX Runtime cannot be loaded on linux x64 (glibc): Cannot find module '../bin/x.node'. " +
        `Install Top-K again; it runs on ${supported}.`,
    );
  });

  it('names the library that Windows has to be given', () => {
    const error = new Error('The specified module could not be found.\r\n\\\\?\\C:\\onnxruntime_binding.node');
    expect(platformRefusal(error, { platform: 'win32', arch: 'x64', libc: undefined })).toMatch(
      /: The specified module could not be found\. Install the Microsoft Visual C\+\+ Redistributable\.$/,
    );
  });

  it('knows the C library of this system', () => {
    expect(['glibc', 'musl', undefined]).toContain(currentPlatform().libc);
    expect(currentPlatform().libc === undefined).toBe(process.platform !== 'linux');
  });
});
