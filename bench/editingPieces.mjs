/**
 * Prompts of which the rest repeats what stands above, with small changes: where prompt lookup has something to copy.
 * They end before a line end: the vocabulary merges it with the indentation behind it.
 */
export const editingPieces = [
  {
    name: 'rename in a TypeScript function',
    prompt: `// Before: the variable names say nothing.
export function summarise(a: Order[], b: Customer): Summary {
  let t = 0;
  for (const o of a) {
    if (o.customerId !== b.id) continue;
    if (o.status === 'cancelled') continue;
    t += o.quantity * o.unitPrice;
  }
  return { customer: b.name, total: t, currency: b.currency };
}

// After: the same function, with "t" renamed to "total".
export function summarise(a: Order[], b: Customer): Summary {
  let total = 0;`,
  },
  {
    name: 'second test like the first',
    prompt: `import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration';

describe('parseDuration', () => {
  it('reads minutes and seconds', () => {
    const duration = parseDuration('2m 30s');
    expect(duration.isValid).toBe(true);
    expect(duration.milliseconds).toBe(150_000);
    expect(duration.toString()).toBe('2m 30s');
  });

  it('reads hours and minutes', () => {
    const duration = parseDuration('1h 15m');
    expect(duration.isValid).toBe(true);`,
  },
  {
    name: 'Python class copied for another table',
    prompt: `class CustomerRepository:
    def __init__(self, connection):
        self.connection = connection

    def find(self, identifier):
        row = self.connection.execute("SELECT * FROM customers WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else Customer(**row)

    def delete(self, identifier):
        self.connection.execute("DELETE FROM customers WHERE id = ?", (identifier,))
        self.connection.commit()


class SupplierRepository:
    def __init__(self, connection):`,
  },
  {
    name: 'moved JSON settings',
    prompt: `Old file, settings.json:
{
  "editor.tabSize": 2,
  "editor.rulers": [80, 120],
  "editor.formatOnSave": true,
  "editor.defaultFormatter": "esbenp.prettier-vscode",
  "files.trimTrailingWhitespace": true,
  "files.insertFinalNewline": true,
  "files.exclude": { "**/node_modules": true, "**/dist": true },
  "search.exclude": { "**/package-lock.json": true }
}

New file, workspace.json, with the same settings:
{
  "settings": {
  "editor.tabSize": 2,`,
  },
  {
    name: 'Markdown list, one entry corrected',
    prompt: `# Installation

1. Download the archive from the releases page.
2. Unpack it into a folder of your choice.
3. Add the folder "bin" to your search path.
4. Open a new terminal and run "weather --version".
5. Run "weather configure" and enter the name of your city.

# Installation (corrected: the folder is called "programs")

1. Download the archive from the releases page.
2. Unpack it into a folder of your choice.
3. Add the folder "programs" to your search path.`,
  },
];
