using Tidy.Tests.Repository;

namespace Tidy.Tests.Texts;

/// <summary>Lines end where their text ends, with a line feed.</summary>
internal static class Whitespace
{
    public static IEnumerable<Finding> Check(TextFile file)
    {
        for (var i = 0; i < file.Lines.Count; i++)
        {
            var line = file.Lines[i];
            if (line.EndsWith('\r'))
            {
                yield return file.At(i + 1, "a carriage return: lines end with a line feed alone.");
            }
            else if (line.EndsWith(' ') || line.EndsWith('\t'))
            {
                yield return file.At(i + 1, "a space at the end of the line: take it away.");
            }

            if (file.IsCSharp && line.Contains('\t', StringComparison.Ordinal))
            {
                yield return file.At(i + 1, "a tab: four spaces indent here, and a string says \\t.");
            }
        }

        if (file.Text.Length > 0 && !file.Text.EndsWith('\n'))
        {
            yield return file.At(file.Lines.Count, "no line feed at the end of the file: add it.");
        }

        if (file.Text.StartsWith('\uFEFF'))
        {
            yield return file.At(1, "a byte order mark: save the file without it.");
        }
    }
}
