using Tidy.Tests.Repository;

namespace Tidy.Tests.Code;

/// <summary>A file has one job, and so it is short.</summary>
internal static class FileSize
{
    public const int MaxLines = 300;
    public const int MaxTestLines = 400;

    public static IEnumerable<Finding> Check(CodeFile file)
    {
        var limit = file.IsTest ? MaxTestLines : MaxLines;
        if (file.Lines.Count > limit)
        {
            yield return file.At(0, $"{file.Lines.Count} lines, and {limit} is the limit: find its second job and give that a file of its own.");
        }
    }
}
