/** What the active editor displays. No-break spaces, as which VS Code renders spaces, are given back as spaces. */
export interface EditorDom {
  /** Ghost text; its lines after the first one, which VS Code draws in a zone below, are joined with '\n'. '' if none. */
  ghost: string;
  /** The caret's line as displayed, ghost text included. */
  caretLine: string;
  /** The rendered lines, ghost text left out. Lines scrolled out of view are not rendered. */
  lines: string[];
}

/** Reads the active editor. Runs inside the page, so it must not refer to anything outside itself. */
export function readEditorDom(): EditorDom {
  const group = document.querySelector('.editor-group-container.active') ?? document;
  // An editor that another kind of editor has taken the place of stays in the DOM, hidden.
  const editors = [...group.querySelectorAll('.editor-instance .monaco-editor')].filter((one) => one.checkVisibility());
  const editor = editors.find((one) => one.classList.contains('focused')) ?? editors[0];
  if (editor === undefined) return { ghost: '', caretLine: '', lines: [] };
  const ghostSelector = '.ghost-text-decoration, .ghost-text';
  const top = (element: Element) => element.getBoundingClientRect().top;
  const text = (elements: Iterable<Element>) =>
    Array.from(elements, (element) => element.textContent)
      .join('')
      .replaceAll('\u00a0', ' ');
  // The order in the DOM is that of rendering; only the position tells which line comes first.
  const sorted = (selector: string) => [...editor.querySelectorAll(selector)].sort((a, b) => top(a) - top(b));

  const viewLines = sorted('.view-lines .view-line');
  const ghostLines = [...viewLines, ...sorted('.view-zones .suggest-preview-text .view-line')]
    .map((line) => [...line.querySelectorAll(ghostSelector)])
    .filter((spans) => spans.length > 0);
  const caret = editor.querySelector('.cursors-layer .cursor');
  const caretLine = caret && viewLines.find((line) => Math.abs(top(line) - top(caret)) < 2);
  return {
    ghost: ghostLines.map(text).join('\n'),
    caretLine: caretLine ? text([caretLine]) : '',
    lines: viewLines.map((line) => {
      const copy = line.cloneNode(true) as Element;
      for (const ghost of copy.querySelectorAll(ghostSelector)) ghost.remove();
      return text([copy]);
    }),
  };
}
