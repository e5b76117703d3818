export function packagedReadme(markdown: string, address?: string): string;
