using System.Text.RegularExpressions;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Documents;

/// <summary>The changelog and the decision records have the shape that their readers look for.</summary>
internal static partial class RecordRule
{
    private static readonly string[] s_kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    private static readonly string[] s_parts = ["Status", "Context", "Decision", "Consequences"];

    /// <summary>The faults of a changelog in the form of keepachangelog.com.</summary>
    public static IEnumerable<Finding> CheckChangelog(TextFile file)
    {
        var releases = file.Lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
        if (releases.FirstOrDefault() != "## [Unreleased]")
        {
            yield return file.At(0, "its first release is not '## [Unreleased]': what is new goes there.");
        }

        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (line.StartsWith("### ", StringComparison.Ordinal) && !s_kinds.Contains(line[4..], StringComparer.Ordinal))
            {
                yield return file.At(i + 1, $"'{line[4..]}' is no kind of change: take one of {string.Join(", ", s_kinds)}.");
            }
        }
    }

    /// <summary>The faults of the decision records.</summary>
    public static IEnumerable<Finding> CheckDecisions(IEnumerable<TextFile> records)
    {
        var next = 0;
        foreach (var record in records.OrderBy(record => record.Name, StringComparer.Ordinal))
        {
            var number = Number().Match(record.Name);
            if (!number.Success || int.Parse(number.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture) != next)
            {
                yield return record.At(0, $"its name should be {next:0000}-words-with-dashes.md: decisions are numbered without gaps, and 0000 is the template.");
            }

            next++;
            foreach (var part in s_parts.Where(part => !record.Lines.Contains("## " + part, StringComparer.Ordinal)))
            {
                yield return record.At(0, $"no section '{part}': copy the template.");
            }
        }
    }

    [GeneratedRegex("^(?<number>[0-9]{4})-[a-z0-9]+(-[a-z0-9]+)*[.]md$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
