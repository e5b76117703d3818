import * as vscode from 'vscode';
import type {
  CompleteProgress,
  CompleteParams,
  CompleteResult,
  PromptPart,
  RememberParams,
} from '../../protocol/messages';
import { EngineClient, type EngineClientOptions, type EngineState } from '../../client/engineClient';
import type { RequestOptions } from '../../protocol/engine';
import { EngineError } from '../../protocol/engineError';
import { findModel } from '../../model-store/findModel';
import { ModelError } from '../../model-store/modelError';
import { describeInvalidSetting, type InvalidSetting, type Settings } from '../settings/settings';

export interface SupervisorOptions {
  readonly enginePath: string;
  readonly cacheDirectory: string;
  readonly log: EngineClientOptions['log'];
  settings(): Settings;
}

const allowedModels = 'the name of an installed model, or the absolute path of a folder with a manifest.json';

type MachineSettings = Pick<Settings, 'model' | 'executionProvider' | 'threads' | 'idleUnloadMinutes'>;

/** The engine of this window: made at the first request from the settings, made anew when they change. */
export class EngineSupervisor implements vscode.Disposable {
  private readonly stateEmitter = new vscode.EventEmitter<EngineState>();
  readonly onDidChangeState = this.stateEmitter.event;
  private readonly busyEmitter = new vscode.EventEmitter<boolean>();
  /** True while the model works on a completion. */
  readonly onDidChangeBusy = this.busyEmitter.event;
  private client: Promise<EngineClient> | undefined;
  private currentState: EngineState = { kind: 'stopped' };
  private madeWith = '';
  private busy = 0;
  private unknownModel: InvalidSetting | undefined;
  private readonly loggedModels = new Set<string>();

  constructor(private readonly options: SupervisorOptions) {}

  get state(): EngineState {
    return this.currentState;
  }

  get isReady(): boolean {
    return this.currentState.kind === 'ready';
  }

  /** The setting of the model where there is no such model; the bundled one runs in its place. */
  get modelProblem(): InvalidSetting | undefined {
    return this.unknownModel;
  }

  get processId(): Promise<number | undefined> | undefined {
    return this.client?.then((client) => client.processId);
  }

  async start(): Promise<void> {
    await (await this.engine()).start();
  }

  async complete(params: CompleteParams, options: RequestOptions<CompleteProgress>): Promise<CompleteResult> {
    return (await this.engine()).complete(params, options);
  }

  async warmPrompt(prompt: readonly PromptPart[], options: RequestOptions): Promise<{ prefillTokens: number }> {
    return (await this.engine()).warmPrompt(prompt, options);
  }

  /** Only while it runs: what is remembered would not be worth a start. */
  async rememberFiles(params: RememberParams, options: RequestOptions): Promise<void> {
    if (this.isReady) await (await this.engine()).rememberFiles(params, options);
  }

  async whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.busy++ === 0) this.busyEmitter.fire(true);
    try {
      return await work();
    } finally {
      if (--this.busy === 0) this.busyEmitter.fire(false);
    }
  }

  /** Ends the process; the next request starts it with the settings as they are then. */
  async restart(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.unknownModel = undefined;
    await (await client?.catch(() => undefined))?.dispose();
    this.setState({ kind: 'stopped' });
  }

  /** Restarts where a setting changed that the running engine was made with. */
  async followSettings(): Promise<void> {
    if (this.client && this.madeWith !== machineSettingsOf(this.options.settings())) await this.restart();
  }

  dispose(): void {
    void this.restart();
    this.stateEmitter.dispose();
    this.busyEmitter.dispose();
  }

  /** Resolves once the process is gone: what VS Code waits for when it shuts the extension down. */
  async shutDown(): Promise<void> {
    await this.restart();
  }

  private engine(): Promise<EngineClient> {
    if (this.client) return this.client;
    // A failure is kept as well: only other settings or a restart can change it, another keystroke cannot.
    const client = this.make().catch((error: Error) => {
      const engineError = new EngineError('modelInvalid', error.message);
      if (this.client === client) {
        this.options.log('error', engineError.message);
        this.setState({ kind: 'failed', error: engineError, isFinal: true });
      }
      throw engineError;
    });
    return (this.client = client);
  }

  private async make(): Promise<EngineClient> {
    const settings = this.options.settings();
    this.madeWith = machineSettingsOf(settings);
    const { enginePath, cacheDirectory, log } = this.options;
    const { model, executionProvider, threads, idleUnloadMinutes } = settings;
    const modelDirectory = await this.findModelOrBundled(model);
    const initialize = { modelDirectory, executionProvider, threads, cacheDirectory };
    const client = new EngineClient({ enginePath, initialize, idleUnloadMs: idleUnloadMinutes * 60_000, log });
    client.onDidChangeState((state) => this.setState(state));
    return client;
  }

  private async findModelOrBundled(model: string): Promise<string> {
    if (model === '') return findModel();
    try {
      return await findModel(model);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.unknownModel = { key: 'topK.model', value: model, allowed: allowedModels };
      if (!this.loggedModels.has(model)) this.options.log('warn', describeInvalidSetting(this.unknownModel));
      this.loggedModels.add(model);
      return findModel();
    }
  }

  private setState(state: EngineState): void {
    this.currentState = state;
    this.stateEmitter.fire(state);
  }
}

function machineSettingsOf({ model, executionProvider, threads, idleUnloadMinutes }: MachineSettings): string {
  return JSON.stringify([model, executionProvider, threads, idleUnloadMinutes]);
}
