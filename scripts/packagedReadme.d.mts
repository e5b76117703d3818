export function packagedReadme(markdown: string, folder: string): string;
