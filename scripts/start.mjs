// `npm start`: sets up what is missing, then completes a sample file and shows what the model weighed for every token.
import { ensureReady, root, run } from './setup.mjs';

ensureReady();
run(process.execPath, ['dist/cli.js', 'complete', 'media/samples/statistics.py:25:11', '--alternatives', '2'], {
  cwd: root,
});
