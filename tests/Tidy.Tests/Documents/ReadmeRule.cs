using System.Text.RegularExpressions;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Documents;

/// <summary>The README is short, its commands are those that CI runs, and its figures say how they were measured.</summary>
internal static partial class ReadmeRule
{
    public const int MaxLines = 150;

    /// <summary>The heading of the figures.</summary>
    public const string Figures = "Promises and figures";

    public static IEnumerable<Finding> CheckLength(MarkdownFile readme)
    {
        if (readme.File.Lines.Count > MaxLines)
        {
            yield return readme.File.At(0, $"{readme.File.Lines.Count} lines, and {MaxLines} is the limit: move the detail to docs/ and link it.");
        }
    }

    /// <summary>Every command for a shell must be run by CI, character for character.</summary>
    public static IEnumerable<Finding> CheckCommands(MarkdownFile readme, TextFile ci)
    {
        var run = ci.Lines.Where(line => !line.TrimStart().StartsWith('#')).ToList();
        foreach (var (line, command) in Commands(readme))
        {
            if (!run.Exists(step => RunsExactly(step, command)))
            {
                yield return readme.File.At(line, $"'{command}' is not run by {ci.Path}: run it there as it stands here.");
            }
        }
    }

    public static IEnumerable<Finding> CheckFigures(MarkdownFile readme)
    {
        var section = readme.Section(Figures);
        if (section is null)
        {
            yield return readme.File.At(0, $"no section '{Figures}': state each promise with its figure.");
            yield break;
        }

        var text = string.Join('\n', section);
        if (!Measured().IsMatch(text))
        {
            yield return readme.File.At(0, $"'{Figures}' does not say how its figures were measured: name the machine and the command, from 'dotnet run -c Release --project bench/…'.");
        }
    }

    /// <summary>The lines of the blocks for a shell that are commands of this repository's build.</summary>
    private static IEnumerable<(int Line, string Command)> Commands(MarkdownFile readme) =>
        from block in readme.Blocks
        where block.Language is "sh"
        from entry in block.Lines.Select((text, i) => (Line: block.Line + i + 1, Text: text.Split(" #")[0].Trim()))
        where entry.Text.StartsWith("dotnet ", StringComparison.Ordinal)
        select entry;

    // "dotnet test" must not be satisfied by "dotnet test --filter Fast".
    private static bool RunsExactly(string step, string command)
    {
        var at = step.IndexOf(command, StringComparison.Ordinal);
        var rest = at < 0 ? "more" : step[(at + command.Length)..].Trim();
        return rest.Length == 0 || rest.StartsWith("||", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[Mm]easured[^.]*`dotnet run -c Release --project bench/", RegexOptions.Singleline)]
    private static partial Regex Measured();
}
