import * as vscode from 'vscode';
import type {
  CompleteProgress,
  CompleteParams,
  CompleteResult,
  InitializeParams,
  LoadProgress,
  PromptPart,
  RememberParams,
} from '../../protocol/messages';
import { EngineClient, type EngineState } from '../../client/engineClient';
import type { RequestOptions } from '../../protocol/engine';
import type { Log } from '../../protocol/log';
import { EngineError } from '../../protocol/engineError';
import { findModel } from '../../model-store/findModel';
import { ModelError } from '../../model-store/modelError';
import { describeInvalidSetting, type InvalidSetting, type Settings } from '../settings/settings';

export interface SupervisorOptions {
  readonly enginePath: string;
  readonly cacheDirectory: string;
  readonly log: Log;
  settings(): Settings;
}

const allowedModels = 'the name of an installed model, or the absolute path of a folder with a manifest.json';

type MachineSettings = Pick<Settings, 'model' | 'executionProvider' | 'threads' | 'idleUnloadMinutes'>;

/** The engine of this window, with the model of the settings; made anew when these change. Its client lives as long. */
export class EngineSupervisor implements vscode.Disposable {
  private readonly client: EngineClient;
  readonly onDidChangeState: EngineClient['onDidChangeState'];
  readonly onProgress: EngineClient['onProgress'];
  private readonly busyEmitter = new vscode.EventEmitter<boolean>();
  /** True while the model works on a completion. */
  readonly onDidChangeBusy = this.busyEmitter.event;
  private madeWith: string;
  private busy = 0;
  private unknownModel: InvalidSetting | undefined;
  private readonly loggedModels = new Set<string>();

  constructor(private readonly options: SupervisorOptions) {
    const { enginePath, log } = options;
    this.madeWith = machineSettingsOf(options.settings());
    this.client = new EngineClient({
      enginePath,
      initialize: () => this.initializeParams(),
      idleUnloadMs: this.idleUnloadMs,
      log,
    });
    this.onDidChangeState = this.client.onDidChangeState;
    this.onProgress = this.client.onProgress;
  }

  get state(): EngineState {
    return this.client.state;
  }

  /** How far a start is; undefined unless the engine is starting. */
  get progress(): LoadProgress | undefined {
    return this.client.progress;
  }

  get isReady(): boolean {
    return this.state.kind === 'ready';
  }

  /** The setting of the model where there is no such model; the bundled one runs in its place. */
  get modelProblem(): InvalidSetting | undefined {
    return this.unknownModel;
  }

  async start(): Promise<void> {
    await this.client.start();
  }

  complete(params: CompleteParams, options: RequestOptions<CompleteProgress>): Promise<CompleteResult> {
    return this.client.complete(params, options);
  }

  warmPrompt(prompt: readonly PromptPart[], options: RequestOptions): Promise<{ prefillTokens: number }> {
    return this.client.warmPrompt(prompt, options);
  }

  /** Only while it runs: what is remembered would not be worth a start. Resolves with the number of tokens of the files. */
  async rememberFiles(params: RememberParams, options: RequestOptions): Promise<number> {
    if (!this.isReady) return 0;
    return (await this.client.rememberFiles(params, options)).rememberedTokens;
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
    this.unknownModel = undefined;
    this.madeWith = machineSettingsOf(this.options.settings());
    await this.client.restart({ idleUnloadMs: this.idleUnloadMs });
  }

  /** Restarts where a setting changed that the running engine was made with. */
  async followSettings(): Promise<void> {
    if (this.madeWith !== machineSettingsOf(this.options.settings())) await this.restart();
  }

  dispose(): void {
    void this.shutDown();
  }

  /** Resolves once the process is gone: what VS Code waits for when it shuts the extension down. */
  async shutDown(): Promise<void> {
    this.busyEmitter.dispose();
    await this.client.dispose();
  }

  private get idleUnloadMs(): number {
    return this.options.settings().idleUnloadMinutes * 60_000;
  }

  private async initializeParams(): Promise<InitializeParams> {
    const { model, executionProvider, threads } = this.options.settings();
    try {
      const modelDirectory = await this.findModelOrBundled(model);
      return { modelDirectory, executionProvider, threads, cacheDirectory: this.options.cacheDirectory };
    } catch (error) {
      throw new EngineError('modelInvalid', (error as Error).message);
    }
  }

  private async findModelOrBundled(model: string): Promise<string> {
    if (model === '') return findModel();
    try {
      return await findModel(model);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.unknownModel = { key: 'topK.model', value: model, allowed: allowedModels };
      if (!this.loggedModels.has(model)) this.options.log.warn(describeInvalidSetting(this.unknownModel));
      this.loggedModels.add(model);
      return findModel();
    }
  }
}

function machineSettingsOf({ model, executionProvider, threads, idleUnloadMinutes }: MachineSettings): string {
  return JSON.stringify([model, executionProvider, threads, idleUnloadMinutes]);
}
