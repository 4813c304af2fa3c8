/** `fieldstone completion`: a script by which a shell completes commands and options. */
import { CliError } from '../cli-error.ts'
import { exitCodes, type CliCommand, type CommandOutline } from './command.ts'

export const completionCommand: CliCommand = {
  name: 'completion',
  summary: 'print a script that lets bash or zsh complete commands and options',
  examples: [
    ['eval "$(fieldstone completion bash)"', 'for this shell; in ~/.bashrc for all'],
    ['eval "$(fieldstone completion zsh)"', 'the same for zsh'],
  ],
  local: true,
  configure: (command) => {
    command.argument('<shell>', 'bash or zsh')
  },
  run: async ({ arguments: [shell = ''], say, outline }) => {
    if (shell !== 'bash' && shell !== 'zsh') throw new CliError('Shells are bash and zsh.')
    if (shell === 'zsh') say('autoload -U +X bashcompinit && bashcompinit')
    say(script(outline()))
    return exitCodes.done
  },
}

function script(commands: readonly CommandOutline[]): string {
  const first = new Set(commands.map(({ name }) => name.split(' ')[0]))
  const groups = new Map<string, string[]>()
  for (const { name } of commands) {
    const [group = '', second] = name.split(' ')
    if (second !== undefined) groups.set(group, [...(groups.get(group) ?? []), second])
  }
  const cases = [
    ...[...groups].map(([group, words]) => `    "${group}") words="${words.join(' ')}" ;;`),
    ...commands.map(({ name, options }) => `    "${name}"*) words="${options.join(' ')}" ;;`),
  ]
  return `_fieldstone() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  local before="\${COMP_WORDS[*]:1:COMP_CWORD-1}"
  case "$before" in
    "") words="${[...first].join(' ')} help" ;;
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
complete -F _fieldstone fieldstone`
}
