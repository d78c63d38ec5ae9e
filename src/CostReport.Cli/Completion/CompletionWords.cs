using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Completion;

/// <summary>What can stand where on a command line, as the catalog of commands has it.</summary>
internal static class CompletionWords
{
    private const int LongestMeaning = 70;

    /// <summary>Options that are never without a value, whatever the command.</summary>
    public static IReadOnlyList<string> Valued { get; } =
        [.. CommandCatalog.All.SelectMany(c => c.Options).Where(o => o is { Value: not null, ValueIsOptional: false }).SelectMany(Names).Distinct(StringComparer.Ordinal)];

    /// <summary>Each word that continues a command: the command so far, the word, and what they are together.</summary>
    public static IEnumerable<(string Before, string Word, CommandSpec Command)> Steps =>
        CommandCatalog.All.Where(c => c.Name.Length > 0).Select(c => (Before(c), c.Name.Split(' ')[^1], c));

    /// <summary>The words that may follow a command.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> Following(CommandSpec command) =>
    [
        .. Steps.Where(s => string.Equals(s.Before, command.Name, StringComparison.Ordinal)).Select(s => (s.Word, Brief(s.Command.Text))),
        .. command.ArgumentValues.Select(value => (value, "")),
    ];

    /// <summary>The spellings of an option.</summary>
    public static IEnumerable<string> Names(OptionSpec option) => option.Alias is { } alias ? [option.Name, alias] : [option.Name];

    /// <summary>Whether an option's value is a file.</summary>
    public static bool TakesFile(OptionSpec option) => option.Value is "FILE" or "PATH";

    /// <summary>Whether a command's argument is a file.</summary>
    public static bool TakesFile(CommandSpec command) => command.Argument?.Contains("FILE", StringComparison.Ordinal) ?? false;

    /// <summary>The options of all commands that have the same values: the values, and who has the option.</summary>
    public static IEnumerable<(IReadOnlyList<string> Values, IReadOnlyList<(CommandSpec Command, OptionSpec Option)> Owners)> ByValues() =>
        CommandCatalog.All
            .SelectMany(c => c.Options.Where(o => o.Values.Count > 0).Select(o => (Command: c, Option: o)))
            .GroupBy(owner => string.Join(' ', owner.Option.Values), StringComparer.Ordinal)
            .Select(g => (g.First().Option.Values, (IReadOnlyList<(CommandSpec, OptionSpec)>)[.. g]));

    /// <summary>The beginning of an explanation: its first sentence, or as much of it as a line has space for.</summary>
    public static string Brief(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        var sentence = (end < 0 ? text : text[..end]).TrimEnd('.');
        if (sentence.Length <= LongestMeaning)
        {
            return sentence;
        }

        var space = sentence.LastIndexOf(' ', LongestMeaning);
        return sentence[..(space > 0 ? space : LongestMeaning)].TrimEnd(',', ';', ':', ' ') + " ...";
    }

    private static string Before(CommandSpec command) => string.Join(' ', command.Name.Split(' ')[..^1]);
}
