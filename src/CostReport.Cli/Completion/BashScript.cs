using CostReport.Cli.Arguments;

namespace CostReport.Cli.Completion;

/// <summary>The script for bash, from version 3.2 on; it needs nothing beside bash.</summary>
internal static class BashScript
{
    /// <summary>The script.</summary>
    public static string Text() => $$"""
        # Completion of costreport for bash. In ~/.bashrc: eval "$(costreport completion bash)"
        _costreport() {
            local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' words='' list='' files='' word i
            COMPREPLY=()
            # bash takes --format=json for three words.
            if [[ $cur == '=' ]]; then
                cur=''
            elif [[ $prev == '=' ]]; then
                prev=${COMP_WORDS[COMP_CWORD-2]}
            fi
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                case $word in
                    {{string.Join('|', CompletionWords.Valued)}})
                        i=$((i + 1))
                        if [[ ${COMP_WORDS[i]} == '=' ]]; then i=$((i + 1)); fi ;;
                    -*) ;;
                    *)
                        case "$command/$word" in
                            {{string.Join('|', CompletionWords.Steps.Select(s => $"'{s.Before}/{s.Word}'"))}})
                                command="${command:+$command }$word" ;;
                        esac ;;
                esac
            done
            case "$command $prev" in
        {{Values()}}
        {{Files()}}
                *)
                    case $prev in
                        {{string.Join('|', CompletionWords.Valued)}}) return ;;
                    esac
                    if [[ $cur == -* ]]; then
                        case $command in
        {{Options()}}
                        esac
                    else
                        case $command in
        {{Words()}}
                        esac
                    fi ;;
            esac
            if [[ -n $files ]]; then
                compopt -o filenames 2>/dev/null
                while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
                return
            fi
            if [[ $cur == *,* ]]; then
                list=${cur%,*},
                cur=${cur##*,}
            fi
            while IFS= read -r word; do COMPREPLY+=("$list$word"); done < <(compgen -W "$words" -- "$cur")
            if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]]; then compopt -o nospace 2>/dev/null; fi
        }
        complete -F _costreport costreport

        """;

    private static string Values() => Lines(CompletionWords.ByValues().Select(v =>
        $"        {string.Join('|', v.Owners.Select(o => $"'{o.Command.Name} {o.Option.Name}'"))}) words='{string.Join(' ', v.Values)}' ;;"));

    private static string Files() =>
        $"        {string.Join('|', CommandCatalog.All.SelectMany(c => c.Options.Where(CompletionWords.TakesFile).Select(o => $"'{c.Name} {o.Name}'")))}) files=yes ;;";

    private static string Options() => Lines(CommandCatalog.All.Select(c =>
        $"                    '{c.Name}') words='{string.Join(' ', c.Options.SelectMany(CompletionWords.Names))}' ;;"));

    private static string Words() => Lines(CommandCatalog.All
        .Where(c => CompletionWords.TakesFile(c) || CompletionWords.Following(c).Count > 0)
        .Select(c => CompletionWords.TakesFile(c)
            ? $"                    '{c.Name}') files=yes ;;"
            : $"                    '{c.Name}') words='{string.Join(' ', CompletionWords.Following(c).Select(w => w.Word))}' ;;"));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
