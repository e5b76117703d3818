import * as vscode from 'vscode';
import { type Candidate, forkTokens, type ScoredToken } from '../../protocol/completionPath';
import { percent } from '../../text/markdown';
import { visibleText } from '../../text/visibleText';
import type { Completer } from '../../completion/completer';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import type { TopKInlineCompletionProvider } from '../complete/inlineCompletionProvider';
import { type LiveCompletion, type LiveCompletionStore, remainingPath } from '../offer/liveCompletion';
import { patientBudgetFactor } from '../complete/patience';
import type { Settings } from '../settings/settings';

export interface ForkServices {
  readonly completer: Completer;
  readonly engine: EngineSupervisor;
  readonly live: LiveCompletionStore;
  readonly provider: TopKInlineCompletionProvider;
  settingsFor(document: vscode.TextDocument): Settings;
}

interface CandidateItem extends vscode.QuickPickItem {
  readonly tokenIndex?: number;
  readonly candidateId?: number;
}

/**
 * Lets the user take another candidate at a token, and goes on from there. The prompt and the tokens before it are still in
 * the engine's cache, so only the new tokens are computed.
 */
export async function completeFromAnotherCandidate(services: ForkServices): Promise<void> {
  const live = services.live.get();
  const editor = vscode.window.activeTextEditor;
  if (!live || !editor || editor.document.uri.toString() !== live.documentUri) {
    void vscode.window.setStatusBarMessage('Top-K: there is no completion at the caret to start from.', 5_000);
    return;
  }
  const chosen = await vscode.window.showQuickPick(candidateItems(live), {
    title: 'Top-K: Complete from Another Candidate',
    placeHolder: 'Least decided token first; the completion goes on from the candidate that you choose',
    matchOnDescription: true,
  });
  if (chosen?.tokenIndex === undefined || chosen.candidateId === undefined) return;
  const { context, completion } = live.computed;
  const startTokens = forkTokens(completion, chosen.tokenIndex, chosen.candidateId);
  const { candidates: topK, maxTokens, budgetMs: hurried } = services.settingsFor(editor.document);
  const budgetMs = hurried * patientBudgetFactor;
  const startedAt = performance.now();
  const forked = await services.engine.whileBusy(() =>
    services.completer.complete(context.document, {
      ...{ topK, alternatives: 0, maxTokens, budgetMs, budgetFrom: 'firstText', startTokens },
      multiLine: completion.text.includes('\n'),
    }),
  );
  // What the candidate leads to has to agree with what was typed of the completion since.
  const typed = completion.text.slice(0, live.typedLength);
  if (!forked.text.startsWith(typed) || forked.text.length === typed.length) {
    void vscode.window.setStatusBarMessage('Top-K: that candidate leads to no completion at the caret.', 5_000);
    return;
  }
  const alternatives = [completion, ...completion.alternatives].filter(({ text }) => text !== forked.text);
  services.provider.offer(context, { ...forked, alternatives }, performance.now() - startedAt);
  await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
}

/**
 * A section for each token that is still to come, with the candidates that it won against. The token that the model was
 * least decided about is first: its candidates are the ones that make another completion.
 */
function candidateItems(live: LiveCompletion): CandidateItem[] {
  const remaining = remainingPath(live).tokens;
  const skipped = live.computed.completion.tokens.length - remaining.length;
  const sections = remaining.map((token, index) => ({ token, tokenIndex: skipped + index }));
  sections.sort((a, b) => a.token.margin - b.token.margin);
  return sections.flatMap(({ token, tokenIndex }) => {
    const rivals = token.candidates.filter((candidate) => isRival(candidate, token));
    if (rivals.length === 0) return [];
    return [
      {
        label: `instead of ${visibleText(token.typedText + token.text)} ${percent(token.probability)}`,
        kind: vscode.QuickPickItemKind.Separator,
      },
      ...rivals.map((candidate) => ({
        label: visibleText(candidate.text),
        description: percent(candidate.probability),
        tokenIndex,
        candidateId: candidate.id,
      })),
    ];
  });
}

/** What was typed of a token since binds the candidates, too. */
function isRival({ id, text }: Candidate, token: ScoredToken): boolean {
  return id !== token.id && (text.startsWith(token.typedText) || token.typedText.startsWith(text));
}
