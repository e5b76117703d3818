import type * as vscode from 'vscode';
import type { DecisionLog } from '../../completion/explain/decisionLog';
import { outcomeOf, type Reason } from '../../completion/explain/reason';
import { clauseOf } from '../../completion/explain/reasonTexts';
import type { AcceptanceFigures } from '../offer/acceptanceStore';
import { pathOf } from './caretContext';

export interface OpenDecision {
  end(reason: Reason): void;
}

/** Notes how each request for a completion ended, for *Why no suggestion?* and the acceptance figures. */
export class DecisionRecorder {
  constructor(
    private readonly decisions: DecisionLog,
    private readonly figures: AcceptanceFigures,
    private readonly trace: (message: string) => void,
  ) {}

  begin(document: vscode.TextDocument, position: vscode.Position): OpenDecision {
    const startedAt = performance.now();
    const { languageId } = document;
    const { line, character } = position;
    const place = `${pathOf(document)}:${line + 1}`;
    const documentUri = document.uri.toString();
    return {
      end: (reason) => {
        const outcome = outcomeOf(reason);
        const milliseconds = performance.now() - startedAt;
        this.decisions.record({
          time: Date.now(),
          documentUri,
          position: { line, character },
          place,
          languageId,
          outcome,
          reason,
          milliseconds,
        });
        if (outcome === 'shown') this.figures.recordShown(languageId, milliseconds);
        this.trace(`${place} ${outcome}: ${clauseOf(reason)} (${milliseconds.toFixed(0)} ms)`);
      },
    };
  }
}
