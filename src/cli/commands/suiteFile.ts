import { failure } from '../cliError';
import { readSourceFile } from './sourceText';
import { type EvaluationCase, parseSuite, SuiteError } from '../../evaluation/suite/suite';

/**
 * Reads a suite for a command.
 * @throws CliError that says which line is wrong, and how.
 */
export async function readSuiteFile(path: string): Promise<EvaluationCase[]> {
  const text = await readSourceFile(path);
  try {
    return parseSuite(text, path);
  } catch (error) {
    throw error instanceof SuiteError ? failure(error.message) : error;
  }
}
