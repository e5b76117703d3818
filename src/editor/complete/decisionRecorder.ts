import type * as vscode from 'vscode';
import type { DecisionLog, DecisionOutcome } from '../../completion/explain/decisionLog';
import type { AcceptanceFigures } from '../offer/acceptanceStore';
import { pathOf } from './caretContext';

export interface OpenDecision {
  end(outcome: DecisionOutcome, reason: string): void;
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
    const place = `${pathOf(document)}:${position.line + 1}`;
    return {
      end: (outcome, reason) => {
        const milliseconds = performance.now() - startedAt;
        this.decisions.record({ time: Date.now(), place, languageId, outcome, reason, milliseconds });
        if (outcome === 'shown') this.figures.recordShown(languageId, milliseconds);
        this.trace(`${place} ${outcome}: ${reason} (${milliseconds.toFixed(0)} ms)`);
      },
    };
  }
}
