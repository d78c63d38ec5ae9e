using Tidy.Tests.Repository;

namespace Tidy.Tests.Documents;

/// <summary>A link within the repository leads somewhere.</summary>
internal static class LinkRule
{
    /// <summary>The links of one file that lead nowhere.</summary>
    /// <param name="file">The file.</param>
    /// <param name="exists">Whether a file or folder exists, by its path from the root.</param>
    /// <param name="read">Reads another Markdown file.</param>
    public static IEnumerable<Finding> Check(MarkdownFile file, Func<string, bool> exists, Func<string, MarkdownFile> read)
    {
        foreach (var (line, target) in file.Links.Where(link => !IsElsewhere(link.Target)))
        {
            var parts = target.Split('#');
            var path = parts[0].Length == 0 ? file.File.Path : Resolve(file.File.Folder, parts[0]);
            if (path is null || !exists(path))
            {
                yield return file.File.At(line, $"a link to {target}, which does not exist: mend the path.");
            }
            else if (parts.Length > 1 && path.EndsWith(".md", StringComparison.Ordinal))
            {
                var other = path == file.File.Path ? file : read(path);
                if (!other.Anchors.Contains(parts[1], StringComparer.Ordinal))
                {
                    yield return file.File.At(line, $"a link to {target}, where no heading has that name: there are {string.Join(", ", other.Anchors)}.");
                }
            }
        }
    }

    private static bool IsElsewhere(string target) =>
        target.StartsWith("http://", StringComparison.Ordinal)
        || target.StartsWith("https://", StringComparison.Ordinal)
        || target.StartsWith("mailto:", StringComparison.Ordinal);

    // Null when it leads out of the repository.
    private static string? Resolve(string folder, string target)
    {
        var steps = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(step => step != "."))
        {
            if (step != "..")
            {
                steps.Add(step);
            }
            else if (steps.Count == 0)
            {
                return null;
            }
            else
            {
                steps.RemoveAt(steps.Count - 1);
            }
        }

        return string.Join('/', steps);
    }
}
