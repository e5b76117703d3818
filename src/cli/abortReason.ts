/** Why a run was given up from outside, with the exit code that says so; there is nothing to tell the user. */
export class AbortReason extends Error {
  override readonly name = 'AbortReason';

  constructor(readonly exitCode: number) {
    super('The command was given up.');
  }
}
