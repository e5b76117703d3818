#!/usr/bin/env node
// The `topk` command in a checkout: sets up what is missing, then runs the command line in this process.
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureReady, root } from './setup.mjs';

ensureReady();
createRequire(import.meta.url)(path.join(root, 'dist', 'cli.js'));
