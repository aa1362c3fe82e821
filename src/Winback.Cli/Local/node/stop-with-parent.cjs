// Loaded before the program. When whoever started it closes its standard input, or is killed, the program stops as on SIGTERM:
// the storage emulator then writes what it still holds in memory. The same on every system, unlike signals.
process.stdin.on('error', stop).on('end', stop).resume();

function stop() {
  if (!process.emit('SIGTERM')) process.exit();
}
