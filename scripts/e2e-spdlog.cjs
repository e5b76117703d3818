// Stands for the package @vscode/spdlog in the tests' workbench: VS Code's log files without native code. VS Code itself
// leaves out what is below its level; files are not rotated.
const fs = require('node:fs');
const path = require('node:path');

class Logger {
  constructor(_type, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
    this.format = (level, message) =>
      `${new Date().toISOString().replace('T', ' ').replace('Z', '')} [${level}] ${message}\n`;
    this.level = 0;
  }
  setPattern() {}
  clearFormatters() {
    this.format = (_level, message) => message;
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  write(level, message) {
    fs.appendFileSync(this.file, this.format(level, message));
  }
  flush() {}
  drop() {}
}
const levels = { trace: 'trace', debug: 'debug', info: 'info', warn: 'warning', error: 'error', critical: 'critical' };
for (const [method, level] of Object.entries(levels)) {
  Logger.prototype[method] = function (message) {
    this.write(level, message);
  };
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
