using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Completion;

/// <summary>The script for fish; commands and options come with their meaning.</summary>
internal static class FishScript
{
    /// <summary>The script.</summary>
    public static string Text()
    {
        var text = new StringBuilder(Functions());
        foreach (var command in CommandCatalog.All)
        {
            var head = $"complete -c costreport -n {Quote($"__costreport_at {Quote(command.Name)}")}";
            foreach (var (word, meaning) in CompletionWords.Following(command))
            {
                text.Append($"{head} -a {word}{(meaning.Length > 0 ? $" -d {Quote(meaning)}" : "")}\n");
            }

            if (CompletionWords.TakesFile(command))
            {
                text.Append($"{head} -F\n");
            }

            foreach (var option in command.Options)
            {
                text.Append($"{head}{Option(option)} -d {Quote(CompletionWords.Brief(option.Text))}\n");
            }
        }

        return text.ToString();
    }

    private static string Functions() => $$"""
        # Completion of costreport for fish. Once: costreport completion fish > ~/.config/fish/completions/costreport.fish
        function __costreport_at --description 'Whether the command line has come to this command'
            set -l given (commandline -opc)
            set -l command ''
            set -l skip no
            for word in $given[2..-1]
                if test $skip = yes
                    set skip no
                    continue
                end
                switch $word
                    case {{string.Join(' ', CompletionWords.Valued)}}
                        set skip yes
                    case '-*'
                    case '*'
                        switch "$command/$word"
                            case {{string.Join(' ', CompletionWords.Steps.Select(s => Quote($"{s.Before}/{s.Word}")))}}
                                set command (string trim "$command $word")
                        end
                end
            end
            test "$command" = "$argv[1]"
        end
        function __costreport_list --description 'The values, behind those that stand in the list already'
            set -l before (commandline -ct | string replace -r -- '^--[^=]*=' '' | string match -r -- '.*,')
            test (count $before) -gt 0; or set before ''
            printf '%s\n' $before$argv
        end
        complete -c costreport -f

        """;

    private static string Option(OptionSpec option)
    {
        var names = $" -l {option.Name.TrimStart('-')}{(option.Alias is { } alias ? $" -s {alias.TrimStart('-')}" : "")}";
        return option switch
        {
            { Value: null } => names,
            _ when CompletionWords.TakesFile(option) => $"{names} -r -F",
            { Values.Count: > 0 } => $"{names} -x -a {Quote($"(__costreport_list {string.Join(' ', option.Values)})")}",
            { ValueIsOptional: true } => names,
            _ => $"{names} -x",
        };
    }

    private static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
