using CostReport.Cli.Arguments;

namespace CostReport.Cli.Completion;

/// <summary>The script for zsh; commands and options come with their meaning.</summary>
internal static class ZshScript
{
    /// <summary>The script.</summary>
    public static string Text() => $$"""
        #compdef costreport
        # Completion of costreport for zsh. In ~/.zshrc, behind compinit: eval "$(costreport completion zsh)"
        _costreport() {
            local cur=${words[CURRENT]} prev=${words[CURRENT-1]} command='' word i
            local -a found
            if [[ $cur == --*=* ]]; then
                prev=${cur%%=*}
                compset -P 1 '*='
            fi
            for ((i = 2; i < CURRENT; i++)); do
                word=${words[i]}
                case $word in
                    ({{string.Join('|', CompletionWords.Valued)}}) i=$((i + 1)) ;;
                    (-*) ;;
                    (*)
                        case "$command/$word" in
                            ({{string.Join('|', CompletionWords.Steps.Select(s => $"'{s.Before}/{s.Word}'"))}})
                                command="${command:+$command }$word" ;;
                        esac ;;
                esac
            done
            case "$command $prev" in
        {{Values()}}
                ({{string.Join('|', CommandCatalog.All.SelectMany(c => c.Options.Where(CompletionWords.TakesFile).Select(o => $"'{c.Name} {o.Name}'")))}}) _files; return ;;
            esac
            case $prev in
                ({{string.Join('|', CompletionWords.Valued)}}) return ;;
            esac
            if [[ $cur == -* ]]; then
                case $command in
        {{Options()}}
                esac
                _describe -t options option found
                return
            fi
            case $command in
        {{Words()}}
            esac
            if (( $#found )); then _describe -t commands command found; fi
        }
        if [[ ${funcstack[1]} == _costreport ]]; then
            _costreport "$@"
        else
            compdef _costreport costreport
        fi

        """;

    private static string Values() => Lines(CompletionWords.ByValues().Select(v =>
        $"        ({string.Join('|', v.Owners.Select(o => $"'{o.Command.Name} {o.Option.Name}'"))}) compset -P '*,'; compadd -- {string.Join(' ', v.Values)}; return ;;"));

    private static string Options() => Lines(CommandCatalog.All.Select(c =>
        $"            ('{c.Name}') found=({string.Join(' ', c.Options.SelectMany(o => CompletionWords.Names(o).Select(n => Entry(n, CompletionWords.Brief(o.Text)))))}) ;;"));

    private static string Words() => Lines(CommandCatalog.All
        .Where(c => CompletionWords.TakesFile(c) || CompletionWords.Following(c).Count > 0)
        .Select(c => CompletionWords.TakesFile(c)
            ? $"        ('{c.Name}') _files ;;"
            : $"        ('{c.Name}') found=({string.Join(' ', CompletionWords.Following(c).Select(w => Entry(w.Word, w.Meaning)))}) ;;"));

    private static string Entry(string word, string meaning) =>
        $"'{(meaning.Length == 0 ? word : $"{word}:{meaning}").Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
