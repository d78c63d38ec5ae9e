using Tidy.Tests.Code;

namespace Tidy.Tests.Repository;

/// <summary>The repository's files as they lie on the disk.</summary>
internal static class RepositoryTree
{
    private static readonly HashSet<string> s_foldersLeftOut = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", "artifacts", "bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts",
    };

    private static readonly HashSet<string> s_textEndings = new(StringComparer.Ordinal)
    {
        ".cs", ".csproj", ".css", ".editorconfig", ".gitattributes", ".gitignore", ".html", ".js", ".json", ".md",
        ".mjs", ".props", ".proto", ".py", ".sh", ".sln", ".sql", ".svg", ".targets", ".txt", ".yaml", ".yml", "",
    };

    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file, as a path from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<TextFile> TextFiles { get; } =
        [.. Paths.Where(path => s_textEndings.Contains(Path.GetExtension(path))).Select(Read)];

    /// <summary>Every C# file.</summary>
    public static IReadOnlyList<CodeFile> CodeFiles { get; } = [.. TextFiles.OfType<CodeFile>()];

    /// <summary>The C# files of the products.</summary>
    public static IEnumerable<CodeFile> SourceFiles => CodeFiles.Where(file => file.IsUnder("src"));

    /// <summary>One file's text.</summary>
    public static TextFile Read(string path)
    {
        var text = File.ReadAllText(Path.Combine(Root, path));
        return path.EndsWith(".cs", StringComparison.Ordinal) ? new CodeFile(path, text) : new TextFile(path, text);
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (!s_foldersLeftOut.Contains(Path.GetFileName(child)))
            {
                foreach (var file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "telemetry.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("No telemetry.sln above the tests: run them from a build inside the repository.");
    }
}
