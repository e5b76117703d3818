// Entry of a peer's own process: `load` and `generate` over the channel, one at a time.
const adaptors = {
  'llama.cpp': () => import('./llamaCpp.mjs'),
  'transformers.js': () => import('./transformersJs.mjs'),
};
const { load } = await adaptors[process.argv[2]]();
let model;

process.on('message', async ({ id, method, params }) => {
  try {
    if (method === 'load') {
      model = await load(params);
      process.send({ id, result: model.description });
    } else {
      process.send({ id, result: await model.generate(params) });
    }
  } catch (error) {
    process.send({ id, error: error.message });
  }
});
process.on('disconnect', () => process.exit());
