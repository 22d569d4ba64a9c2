// Says on the last line of standard error how long the process worked, in microseconds. Required, not imported: an import
// would start Node's loader of modules in the floor, too.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(2, `\ncpu ${user + system}`);
});
