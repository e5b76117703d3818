/** Commands that package.json contributes; a test compares the two. */
export const commandIds = {
  trigger: 'topK.trigger',
  showScores: 'topK.showScores',
  nextAlternative: 'topK.nextAlternative',
  previousAlternative: 'topK.previousAlternative',
  completeFromAnotherCandidate: 'topK.completeFromAnotherCandidate',
  toggle: 'topK.toggle',
  toggleLanguage: 'topK.toggleLanguage',
  snooze: 'topK.snooze',
  endSnooze: 'topK.endSnooze',
  whyNoSuggestion: 'topK.whyNoSuggestion',
  restartEngine: 'topK.restartEngine',
  showLog: 'topK.showLog',
  openSettings: 'topK.openSettings',
  showAcceptanceFigures: 'topK.showAcceptanceFigures',
  clearAcceptanceFigures: 'topK.clearAcceptanceFigures',
  /** A click on the status bar item. */
  showMenu: 'topK.showMenu',
  openSample: 'topK.openSample',
  /** Run by VS Code after a completion was inserted, with its id; nobody types it. */
  accepted: 'topK.internal.accepted',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Registered, but contributed nowhere: they need arguments. */
export const internalCommandIds: readonly CommandId[] = [commandIds.accepted];

/** Commands of VS Code that Top-K runs or points to, under the names of its own. Accepting is VS Code's business alone. */
export const builtInCommandIds = {
  trigger: 'editor.action.inlineSuggest.trigger',
  /** Tab */
  accept: 'editor.action.inlineSuggest.commit',
  /** Ctrl+Right */
  acceptWord: 'editor.action.inlineSuggest.acceptNextWord',
  acceptLine: 'editor.action.inlineSuggest.acceptNextLine',
  hide: 'editor.action.inlineSuggest.hide',
  showHover: 'editor.action.showHover',
  hideHover: 'editor.action.hideHover',
  focusEditor: 'workbench.action.focusActiveEditorGroup',
  openSettings: 'workbench.action.openSettings',
  openWalkthrough: 'workbench.action.openWalkthrough',
} as const;
