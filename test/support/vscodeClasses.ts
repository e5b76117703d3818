/** Classes of VS Code's API as far as the unit tests need them. */
import { posix } from 'node:path';

export class Disposable {
  static from(...disposables: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => disposables.forEach((disposable) => disposable.dispose()));
  }
  constructor(private readonly callOnDispose: () => unknown) {}
  dispose(): void {
    this.callOnDispose();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<(event: T) => unknown>();
  readonly event = (listener: (event: T) => unknown): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class MarkdownString {
  isTrusted: boolean | { readonly enabledCommands: readonly string[] } | undefined;
  constructor(public value = '') {}
  appendMarkdown(value: string): this {
    this.value += value;
    return this;
  }
  /** Escapes as VS Code's does (src/vs/base/common/htmlContent.ts, `escapeMarkdownSyntaxTokens`). */
  appendText(value: string): this {
    this.value += value.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&');
    return this;
  }
}

export class Uri {
  static parse(value: string): Uri {
    return new Uri(value);
  }
  static joinPath(base: Uri, ...names: string[]): Uri {
    return new Uri(`${base.scheme}:${posix.join(base.path, ...names)}`);
  }
  private constructor(private readonly value: string) {}
  get scheme(): string {
    return /^[\w-]+/.exec(this.value)![0];
  }
  get path(): string {
    return this.value.replace(/^[\w-]+:/, '');
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return this.value;
  }
}

export class FileSystemError extends Error {
  readonly code: string = 'FileNotFound';
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  isEqual(other: Position): boolean {
    return this.line === other.line && this.character === other.character;
  }
  translate(lines: number, characters: number): Position {
    return new Position(this.line + lines, this.character + characters);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...numbers: [Position, Position] | [number, number, number, number]) {
    const [a, b, c, d] = numbers;
    this.start = typeof a === 'number' ? new Position(a, b as number) : a;
    this.end = typeof a === 'number' ? new Position(c!, d!) : (b as Position);
  }
  get isEmpty(): boolean {
    return this.start.isEqual(this.end);
  }
}

/** A pattern below a folder; `languages.match` of this file knows none. */
export class RelativePattern {
  constructor(
    readonly base: unknown,
    readonly pattern: string,
  ) {}
}

export class InlineCompletionItem {
  command: unknown;
  constructor(
    readonly insertText: string,
    readonly range: Range,
  ) {}
}
