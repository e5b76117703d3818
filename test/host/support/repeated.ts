/** Ends where the completion is certain on any processor (test/model/certainTexts.test.ts). */
export const repeated =
  'def mean(values):\n    if not values:\n        raise ValueError("mean of an empty list")\n    return sum(values) / len(values)\n\n\ndef variance(values):\n    if not';
