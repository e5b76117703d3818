import type * as vscode from 'vscode';
import { reasonAgainstOffering } from '../../completion/judge/worthOffering';
import { dropTyped } from '../../protocol/completionPath';
import type { Completion, TrimmedPath } from '../../completion/completer';
import type { CaretContext } from '../complete/caretContext';

/** A completion as it was computed for a caret. */
export interface ComputedCompletion {
  /** The completion and its alternatives have one id. */
  readonly id: number;
  readonly context: CaretContext;
  readonly completion: Completion;
  /** From the request to the answer. */
  readonly milliseconds: number;
}

/** A completion at a caret that may have moved on into it by typing: what is on the screen, or may be. */
export interface Offer extends ComputedCompletion {
  readonly position: vscode.Position;
  /** Characters of the completion between its own caret and this one. */
  readonly typedLength: number;
  /** Characters behind the caret that it replaces, now. */
  readonly replaceLength: number;
  /** How many texts VS Code was given to leaf through. It does not tell which one is on the screen. */
  readonly itemCount: number;
}

/** The best path from the caret on. */
export function remainingPath({ completion, typedLength }: Offer): TrimmedPath {
  return dropTyped<TrimmedPath>(completion, typedLength);
}

/** The best path and the alternatives that still agree with what was typed, each as a whole; in the order of the items. */
export function agreeingPaths({ completion, typedLength, context }: Offer): TrimmedPath[] {
  const typed = completion.text.slice(0, typedLength);
  const agrees = ({ text, replaceLength }: TrimmedPath): boolean => {
    const replaced = context.document.suffix.slice(0, replaceLength);
    return text.startsWith(typed) && !reasonAgainstOffering(text.slice(typedLength), replaced);
  };
  return [completion, ...completion.alternatives.filter(agrees)];
}

/** Alternatives that still agree with what was typed, from the caret on. */
export function remainingAlternatives(offer: Offer): TrimmedPath[] {
  return agreeingPaths(offer)
    .slice(1)
    .map((path) => dropTyped<TrimmedPath>(path, offer.typedLength));
}

/** The same completion with its paths in another order, the best one first. */
export function withPathsInOrder(completion: Completion, [best, ...alternatives]: readonly TrimmedPath[]): Completion {
  return { ...completion, ...best, alternatives };
}

export function isAt(
  offer: Offer | undefined,
  document: vscode.TextDocument,
  position: vscode.Position,
): offer is Offer {
  return (
    offer !== undefined && offer.context.documentUri === document.uri.toString() && offer.position.isEqual(position)
  );
}
