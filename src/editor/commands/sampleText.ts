/** Goes on in an obvious way, certain on any processor (test/model/certainTexts.test.ts): `a * b`. */
export const sampleText = `# Try Top-K here. The grey text behind the caret is what the model would write: Tab takes it.


def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return `;
