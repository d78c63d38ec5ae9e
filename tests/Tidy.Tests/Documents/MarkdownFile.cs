using System.Text.RegularExpressions;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Documents;

/// <summary>The parts of a Markdown file: headings, links and blocks of code.</summary>
internal sealed partial class MarkdownFile
{
    private readonly List<(int Line, string Text)> _prose = [];
    private readonly List<CodeBlock> _blocks = [];

    public MarkdownFile(TextFile file)
    {
        File = file;
        var fence = -1;
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                if (fence < 0)
                {
                    _prose.Add((i + 1, InlineCode().Replace(line, "")));
                }
            }
            else if (fence < 0)
            {
                fence = i;
            }
            else
            {
                _blocks.Add(new CodeBlock(fence + 1, file.Lines[fence][3..].Trim(), [.. file.Lines.Skip(fence + 1).Take(i - fence - 1)]));
                fence = -1;
            }
        }
    }

    public TextFile File { get; }

    public IReadOnlyList<CodeBlock> Blocks => _blocks;

    /// <summary>The targets of links and images.</summary>
    public IEnumerable<(int Line, string Target)> Links =>
        from line in _prose
        from match in Link().Matches(line.Text)
        select (line.Line, match.Groups["target"].Value);

    /// <summary>The names by which a link can point at a heading.</summary>
    public IEnumerable<string> Anchors => _prose
        .Select(line => Heading().Match(File.Lines[line.Line - 1]))
        .Where(match => match.Success)
        .Select(match => NotInAnchor().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The lines below a heading, up to the next one; null when there is no such heading.</summary>
    public IReadOnlyList<string>? Section(string heading)
    {
        var start = File.Lines.ToList().FindIndex(line => Heading().Match(line) is { Success: true } match && match.Groups["text"].Value.Trim() == heading);
        return start < 0 ? null : [.. File.Lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)[^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
