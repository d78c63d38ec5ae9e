using System.Text.RegularExpressions;
using Tidy.Tests.Repository;

namespace Tidy.Tests.Texts;

/// <summary>Nothing names a place that a clone of the repository does not have.</summary>
internal static partial class OutsidePaths
{
    public static IEnumerable<Finding> Check(TextFile file)
    {
        // Tests make up paths, which are data there.
        var outside = file.IsUnder("tests") ? Beside() : Outside();
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var match = outside.Match(file.Lines[i]);
            if (match.Success)
            {
                yield return file.At(i + 1, $"'{match.Value}' is outside the repository, where nobody else has it: use what a clone holds.");
            }
        }
    }

    [GeneratedRegex(@"\.\./shared\b", RegexOptions.CultureInvariant)]
    private static partial Regex Beside();

    [GeneratedRegex(@"\.\./shared\b|(?<![\w.~$}/-])/(work|home|Users|root|mnt)/|\b[A-Za-z]:\\+Users\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Outside();
}
