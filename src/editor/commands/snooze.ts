import * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import { clockTime } from '../../text/clockTime';

const choicesInMinutes = [5, 15, 60];

/** A time in which nothing comes by itself. It ends with the window. */
export class Snooze implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<Date | undefined>();
  /** The end of the snooze that began, or undefined where one ended. */
  readonly onDidChange = this.emitter.event;
  private endsAt: Date | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** The clock decides, not the timer, which stands still while the machine sleeps. */
  get until(): Date | undefined {
    return this.endsAt && this.endsAt.getTime() > Date.now() ? this.endsAt : undefined;
  }

  get isSnoozed(): boolean {
    return this.until !== undefined;
  }

  start(minutes: number): void {
    this.set(new Date(Date.now() + minutes * 60_000));
    this.timer = setTimeout(() => this.end(), minutes * 60_000);
  }

  end(): void {
    this.set(undefined);
  }

  /** Lets the user choose for how long. */
  async pick(): Promise<void> {
    const items = choicesInMinutes.map((minutes) => ({
      label: `${minutes} minutes`,
      description: `until ${clockTime(new Date(Date.now() + minutes * 60_000))}`,
      minutes,
    }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: 'Top-K: Snooze',
      placeHolder: 'No completion comes by itself for …',
    });
    if (chosen) this.start(chosen.minutes);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.emitter.dispose();
  }

  private set(end: Date | undefined): void {
    clearTimeout(this.timer);
    this.endsAt = end;
    void setContextKey('isSnoozed', end !== undefined);
    this.emitter.fire(end);
  }
}
