import * as vscode from 'vscode';
import { type Candidate, forkTokens, type ScoredToken } from '../../protocol/completionPath';
import { percent } from '../../text/markdown';
import { visibleText } from '../../text/visibleText';
import type { Completer } from '../../completion/completer';
import type { EngineSupervisor } from '../engine/engineSupervisor';
import { requestRules } from '../complete/requestKind';
import { type Offer, remainingPath } from '../offer/offer';
import type { Offers } from '../offer/offers';
import type { SettingsReader } from '../settings/settingsReader';
import { builtInCommandIds } from './commandIds';

export interface ForkServices {
  readonly completer: Completer;
  readonly engine: EngineSupervisor;
  readonly offers: Offers;
  readonly settings: SettingsReader;
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
  const offer = services.offers.live;
  const editor = vscode.window.activeTextEditor;
  if (!offer || !editor || editor.document.uri.toString() !== offer.context.documentUri) {
    say('there is no completion at the caret to start from.');
    return;
  }
  const { context, completion } = offer;
  if (completion.tokenIds.length === 0) {
    say('the completion at the caret is an alternative that no other candidate can be taken in.');
    return;
  }
  const chosen = await vscode.window.showQuickPick(candidateItems(offer), {
    title: 'Top-K: Complete from Another Candidate',
    placeHolder: 'Least decided token first; the completion goes on from the candidate that you choose',
    matchOnDescription: true,
  });
  if (chosen?.tokenIndex === undefined || chosen.candidateId === undefined) return;
  const startTokens = forkTokens(completion, chosen.tokenIndex, chosen.candidateId);
  const { candidates: topK, maxTokens, budgetMs } = services.settings.for(editor.document);
  const { budgetFactor, budgetFrom } = requestRules.asked;
  const startedAt = performance.now();
  const forked = await services.engine.whileBusy(() =>
    services.completer.complete(context.document, {
      topK,
      alternatives: 0,
      maxTokens,
      budgetMs: budgetMs * budgetFactor,
      budgetFrom,
      startTokens,
      multiLine: completion.text.includes('\n'),
    }),
  );
  // What the candidate leads to has to agree with what was typed of the completion since.
  const typed = completion.text.slice(0, offer.typedLength);
  if (!forked.text.startsWith(typed) || forked.text.length === typed.length) {
    say('that candidate leads to no completion at the caret.');
    return;
  }
  const alternatives = [completion, ...completion.alternatives].filter(({ text }) => text !== forked.text);
  const milliseconds = performance.now() - startedAt;
  const { offers } = services;
  offers.rememberCompletion(offers.newCompletion(context, { ...forked, alternatives }, milliseconds));
  await vscode.commands.executeCommand(builtInCommandIds.focusEditor);
  await vscode.commands.executeCommand(builtInCommandIds.trigger);
}

function say(sentence: string): void {
  void vscode.window.setStatusBarMessage(`Top-K: ${sentence}`, 5_000);
}

/**
 * A section for each token that is still to come, with the candidates that it won against. The token that the model was
 * least decided about is first: its candidates are the ones that make another completion.
 */
function candidateItems(offer: Offer): CandidateItem[] {
  const remaining = remainingPath(offer).tokens;
  const skipped = offer.completion.tokens.length - remaining.length;
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
