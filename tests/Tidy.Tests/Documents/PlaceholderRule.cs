using System.Text.RegularExpressions;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Documents;

/// <summary>No figure is still to come.</summary>
internal static partial class PlaceholderRule
{
    public static IEnumerable<Finding> Check(TextFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            foreach (Match match in Placeholder().Matches(file.Lines[i]))
            {
                yield return file.At(i + 1, $"{match.Value} is still to come: measure it and write it down.");
            }
        }
    }

    [GeneratedRegex("@@[a-z0-9-]+@@")]
    private static partial Regex Placeholder();
}
