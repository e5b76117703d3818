import * as vscode from 'vscode';
import { completionCard, tokenCard } from '../../completion/explain/scoreCard';
import type { AcceptedCompletions } from '../offer/acceptedCompletions';
import { isAt, type Offer, remainingAlternatives, remainingPath } from '../offer/offer';
import type { Offers } from '../offer/offers';

/** Score cards where VS Code asks for hovers: at the caret of a live completion, and over accepted tokens. */
export class ScoreHoverProvider implements vscode.HoverProvider {
  constructor(
    private readonly offers: Offers,
    private readonly accepted: AcceptedCompletions,
    private readonly reportError: (error: unknown) => void,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    try {
      const { live } = this.offers;
      if (isAt(live, document, position)) {
        return new vscode.Hover(cardOf(live), new vscode.Range(position, position));
      }
      const token = this.accepted.tokenAt(document, position);
      if (!token) return undefined;
      const range = new vscode.Range(document.positionAt(token.start), document.positionAt(token.end));
      return new vscode.Hover(new vscode.MarkdownString(tokenCard(token.token, token.model)), range);
    } catch (error) {
      this.reportError(error);
      return undefined;
    }
  }
}

/** The score card of what is on offer; untrusted Markdown, since the tokens come from a model. */
export function cardOf(offer: Offer): vscode.MarkdownString {
  const { completion, milliseconds, itemCount } = offer;
  const path = remainingPath(offer);
  const alternatives = remainingAlternatives(offer);
  return new vscode.MarkdownString(
    completionCard({ path, alternatives, itemCount, model: completion.model, milliseconds }),
  );
}
