using System.Xml.Linq;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Projects;

/// <summary>Projects refer one way only, take their versions from one place, and are built and locked like all others.</summary>
internal static class ProjectRule
{
    // What each may refer to; what is not named here is refused.
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["src/CostLedger"] = [],
        ["src/Telemetry.Handler"] = ["src/CostLedger"],
        ["src/CostReport.Cli"] = ["src/Telemetry.Handler", "src/CostLedger"],
        ["tests/Testing"] = ["src/CostLedger"],
        ["tests/MessagesSimulator"] = [],
        ["tests/*"] = ["src/*", "tests/Testing", "tests/LedgerHost", "tests/MessagesSimulator", "examples/*"],
        ["examples/*"] = ["src/*", "tests/MessagesSimulator"],
        ["bench/*"] = ["src/*", "tests/MessagesSimulator", "tests/Testing"],
    };

    /// <summary>The references of a project file.</summary>
    public static IEnumerable<Finding> CheckReferences(TextFile project)
    {
        var allowed = s_allowed.GetValueOrDefault(project.Folder)
            ?? s_allowed.GetValueOrDefault(project.Folder.Split('/')[0] + "/*")
            ?? [];
        foreach (var reference in XDocument.Parse(project.Text).Descendants("ProjectReference"))
        {
            var target = FolderOf(project, reference.Attribute("Include")!.Value);
            if (!allowed.Any(pattern => pattern.EndsWith("/*", StringComparison.Ordinal) ? target.StartsWith(pattern[..^1], StringComparison.Ordinal) : target == pattern))
            {
                yield return project.At(0, $"it refers to {target}, but may know only: {(allowed.Length == 0 ? "no project" : string.Join(", ", allowed))}.");
            }
        }
    }

    /// <summary>The versions in a project file, which belong in Directory.Packages.props.</summary>
    public static IEnumerable<Finding> CheckVersions(TextFile project) =>
        from package in XDocument.Parse(project.Text).Descendants("PackageReference")
        where package.Attribute("Version") is not null
        select project.At(0, $"it states the version of {package.Attribute("Include")?.Value}: state it in Directory.Packages.props.");

    /// <summary>Whether a project is in the solution, so that the one build and the one test command see it.</summary>
    public static IEnumerable<Finding> CheckSolution(TextFile solution, IEnumerable<TextFile> projects) =>
        from project in projects
        where !solution.Text.Contains(project.Path.Replace('/', '\\'), StringComparison.Ordinal)
        select project.At(0, $"it is not in the solution: run 'dotnet sln add {project.Path}'.");

    /// <summary>Whether a project's packages are locked.</summary>
    public static IEnumerable<Finding> CheckLocks(IEnumerable<TextFile> projects, IReadOnlyList<string> paths) =>
        from project in projects
        where !paths.Contains(project.Folder + "/packages.lock.json", StringComparer.Ordinal)
        select project.At(0, "its packages are not locked: restore it, and commit packages.lock.json.");

    private static string FolderOf(TextFile project, string reference)
    {
        var steps = new Stack<string>(project.Folder.Split('/'));
        foreach (var step in reference.Replace('\\', '/').Split('/')[..^1])
        {
            if (step == "..")
            {
                steps.Pop();
            }
            else
            {
                steps.Push(step);
            }
        }

        return string.Join('/', steps.Reverse());
    }
}
