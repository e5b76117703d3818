import { z } from 'zod';

const openFile = z.strictObject({ path: z.string().min(1), text: z.string() });

const evaluationCase = z.strictObject({
  id: z.string().min(1),
  path: z.string().min(1),
  language: z.string().min(1).optional(),
  prefix: z.string(),
  suffix: z.string(),
  expected: z
    .string()
    .min(1)
    .refine((text) => !/[\r\n]/.test(text), 'must be one line: it is the rest of the line from the caret'),
  openFiles: z.array(openFile).optional(),
});

/**
 * One place in a file where a completion is asked for: the document is prefix + expected + suffix, the caret stands after
 * prefix, and expected is what really follows on that line. openFiles are other files open in the editor, nearest first.
 */
export type EvaluationCase = z.infer<typeof evaluationCase>;

/** A suite that cannot be used, with the file, the line (1 for the first) and the cause in its message. */
export class SuiteError extends Error {
  override readonly name = 'SuiteError';
}

/**
 * Reads a suite: one JSON object a line, empty lines ignored.
 *
 * @param text content of the suite.
 * @param source what to call the suite in an error, such as its file name.
 * @throws SuiteError when a line is no JSON, a field is missing, unknown or of the wrong type, or an id comes twice.
 */
export function parseSuite(text: string, source: string): EvaluationCase[] {
  const cases: EvaluationCase[] = [];
  const lineOfId = new Map<string, number>();
  // JSON.parse would accept U+FEFF nowhere; some editors put it in front of the file.
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const read = parseCase(line, `${source}:${index + 1}`);
    const earlier = lineOfId.get(read.id);
    if (earlier !== undefined) {
      throw new SuiteError(
        `${source}:${index + 1}: the id "${read.id}" is already used on line ${earlier}; give each case its own.`,
      );
    }
    lineOfId.set(read.id, index + 1);
    cases.push(read);
  });
  if (cases.length === 0)
    throw new SuiteError(`${source}: there is no case in this suite; expected one JSON object a line.`);
  return cases;
}

function parseCase(line: string, place: string): EvaluationCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new SuiteError(`${place}: not valid JSON (${(error as Error).message}); expected one JSON object a line.`);
  }
  const result = evaluationCase.safeParse(value);
  if (result.success) return result.data;
  const causes = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new SuiteError(`${place}: not an evaluation case. ${causes.join('; ')}`);
}
