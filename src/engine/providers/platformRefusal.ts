/** What decides whether there is a build of ONNX Runtime. */
export interface Platform {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Of Linux only. */
  readonly libc: 'glibc' | 'musl' | undefined;
}

/** Platforms that onnxruntime-node has a native library for. */
const supported: readonly string[] = ['win32 x64', 'win32 arm64', 'linux x64', 'linux arm64', 'darwin arm64'];
const supportedList = 'win32 (x64, arm64), linux with glibc (x64, arm64) and darwin (arm64)';

export function currentPlatform(): Platform {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch, libc: undefined };
  // Node's report names the glibc that it runs with, and none where it runs with musl.
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return { platform, arch, libc: header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc' };
}

/** Why ONNX Runtime could not be loaded, in a sentence for the user and what to do about it. */
export function platformRefusal(error: Error, { platform, arch, libc }: Platform): string {
  const here = `${platform} ${arch}${libc ? ` (${libc})` : ''}`;
  if (libc === 'musl' || !supported.includes(`${platform} ${arch}`)) {
    return `There is no build of ONNX Runtime for ${here}; Top-K runs on ${supportedList}.`;
  }
  const said = error.message.split(/\r?\n/)[0]!.replace(/\.$/, '');
  const advice =
    platform === 'win32' && said.includes('The specified module could not be found')
      ? 'Install the Microsoft Visual C++ Redistributable.'
      : `Install Top-K again; it runs on ${supportedList}.`;
  return `ONNX Runtime cannot be loaded on ${here}: ${said}. ${advice}`;
}
