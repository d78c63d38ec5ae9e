using Tidy.Tests.Repository;

namespace Tidy.Tests.Documents;

/// <summary>
/// The C# that documents show is compiled and run: every block is, line for line, a piece of a file in
/// <c>examples</c> between <c>// snippet: name</c> and <c>// end of snippet</c>.
/// </summary>
internal static class SnippetRule
{
    private const string Start = "// snippet:";
    private const string End = "// end of snippet";

    public static IEnumerable<Finding> Check(MarkdownFile file, IEnumerable<TextFile> examples)
    {
        var snippets = examples.SelectMany(Snippets).ToHashSet(StringComparer.Ordinal);
        return from block in file.Blocks
               where block.Language is "csharp" or "cs" or "c#"
               where !snippets.Contains(string.Join('\n', block.Lines).Trim('\n'))
               select file.File.At(block.Line, $"C# that nothing compiles: put it in a file under examples/, between '{Start} name' and '{End}', and repeat it here line for line.");
    }

    /// <summary>The snippets of a file, without the indentation that they share.</summary>
    public static IEnumerable<string> Snippets(TextFile file)
    {
        List<string>? lines = null;
        foreach (var line in file.Lines)
        {
            var text = line.Trim();
            if (text.StartsWith(Start, StringComparison.Ordinal))
            {
                lines = [];
            }
            else if (text == End && lines is not null)
            {
                yield return Outdent(lines);
                lines = null;
            }
            else
            {
                lines?.Add(line);
            }
        }
    }

    private static string Outdent(List<string> lines)
    {
        var shared = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[shared..])).Trim('\n');
    }
}
