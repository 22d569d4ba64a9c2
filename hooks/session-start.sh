#!/bin/sh
# Says clearly when Node is missing or too old; else hands over to the hook program.
say() {
  printf '{"systemMessage":"%s","hookSpecificOutput":{"hookEventName":"SessionStart","additionalContext":"%s"}}' "$1" "$1"
}
if ! command -v node >/dev/null 2>&1; then
  say "Countersign needs Node.js 20 or newer on the PATH and found none: its tools do not run and its gates are NOT guarded in this session. Install Node.js and start again."
  exit 0
fi
version=$(node -p 'process.versions.node' 2>/dev/null)
major=${version%%.*}
if [ "${major:-0}" -lt 20 ] 2>/dev/null; then
  say "Countersign needs Node.js 20 or newer and found $version: its tools do not run and its gates are NOT guarded in this session. Install a newer Node.js and start again."
  exit 0
fi
exec node "$(dirname "$0")/../mcp-server/dist/hook.cjs" session-start
