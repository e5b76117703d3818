import type { LanguageModel } from '../decoding/languageModel';
import { WorkspaceMemory } from '../decoding/workspaceMemory';
import type { LoadedModel } from './loadedModel';
import { BadRequestError } from './requests/requestChecks';

/** A caller's own state over the shared model: a window's prompt, and the files of its workspace. */
export interface Session extends LoadedModel {
  /** The decoder over this session's cache. */
  readonly decoder: LanguageModel;
  /** Tokens of the user's files, as the model's tokenizer splits them. */
  readonly memory: WorkspaceMemory;
}

/** The session of requests that name none. */
export const defaultSession = 'default';

export function newSession(model: LoadedModel): Session {
  return { ...model, decoder: model.decoder.copy(0), memory: new WorkspaceMemory() };
}

/** The open sessions of an engine. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  private opened = 0;

  constructor(private readonly model: LoadedModel) {}

  /** Opens a session with an empty cache and an empty memory; returns its id. */
  open(): string {
    const id = `session-${++this.opened}`;
    this.sessions.set(id, newSession(this.model));
    return id;
  }

  /** Gives its cache and its memory back. The default session starts anew with the next request for it. */
  close(id: string): void {
    if (!this.sessions.delete(id) && id !== defaultSession) throw notOpen(id);
  }

  /** @throws BadRequestError when no such session is open. */
  find(id: string = defaultSession): Session {
    const session = this.sessions.get(id);
    if (session) return session;
    if (id !== defaultSession) throw notOpen(id);
    const fresh = newSession(this.model);
    this.sessions.set(id, fresh);
    return fresh;
  }
}

function notOpen(id: string): BadRequestError {
  return new BadRequestError(
    `There is no session "${id}": it was closed, or belongs to an engine that has ended since. Open another one.`,
  );
}
