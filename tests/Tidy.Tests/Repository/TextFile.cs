namespace Tidy.Tests.Repository;

/// <summary>A text file of the repository, or made-up text in its place.</summary>
/// <param name="path">The path from the repository's root, with forward slashes.</param>
/// <param name="text">The text.</param>
internal class TextFile(string path, string text)
{
    private string[]? _lines;

    public string Path { get; } = path;

    public string Text { get; } = text;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folder, from the repository's root, without a slash at its end.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsMarkdown => Path.EndsWith(".md", StringComparison.Ordinal);

    /// <summary>The lines; the piece after the last line end is none.</summary>
    public IReadOnlyList<string> Lines => _lines ??= SplitLines(Text);

    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Finding At(int line, string advice) => new(Path, line, advice);

    private static string[] SplitLines(string text)
    {
        var lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
