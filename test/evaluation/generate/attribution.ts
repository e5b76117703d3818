import { PARTS, type PackageList } from './packageList';

/** The notice that goes with the suites: what they were cut from, and under which licence. */
export function attribution({ packages }: PackageList): string {
  const sections = PARTS.map((part) => {
    const rows = packages
      .filter((entry) => entry.part === part)
      .map(
        ({ name, version, registry, family, licence }) =>
          `- \`${name}\` ${version} (${registry}), by ${family}: ${licence}`,
      );
    return `## Suite \`${part}.jsonl\`\n\n${rows.join('\n')}\n`;
  });
  return `# Attribution

The cases in \`suites/\` are excerpts of the packages below, in their published form. Each stays under the licence of its
package and the copyright of its authors; the packages carry the full notices. Written by
\`node test/evaluation/generate/generate.mjs\`; do not edit.

${sections.join('\n')}`;
}
