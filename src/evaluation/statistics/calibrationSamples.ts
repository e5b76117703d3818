/**
 * Refuses samples that no calibration can be fitted to.
 *
 * @throws RangeError when the lengths differ, there are no samples, or a value is not finite.
 */
export function checkSamples(values: readonly number[], outcomes: readonly boolean[]): void {
  if (values.length !== outcomes.length) {
    throw new RangeError(
      `There are ${values.length} values but ${outcomes.length} outcomes; give one outcome for each value.`,
    );
  }
  if (values.length === 0) throw new RangeError('There are no samples to calibrate on; give at least one.');
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new RangeError(`Sample ${wrong} is ${values[wrong]}; every value must be a finite number.`);
}
