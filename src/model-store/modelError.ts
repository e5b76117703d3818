/** A model that is not there or not whole; the message is fit for a user. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** The advice for what only an incomplete or damaged installation can lack. */
export const reinstall = 'Install the model again.';
