using Tidy.Tests.Repository;

namespace Tidy.Tests.Rooms;

/// <summary>A room holds what one person can hold in mind.</summary>
internal static class RoomSize
{
    public const int MaxFiles = 12;
    public const int MaxLines = 1200;

    // Plain values of a few lines each, which would be harder to find in two places.
    private static readonly Dictionary<string, int> s_moreFiles = new(StringComparer.Ordinal)
    {
        ["src/CostLedger/Records"] = 24,
    };

    public static IEnumerable<Finding> Check(IEnumerable<TextFile> files)
    {
        foreach (var room in files.GroupBy(file => file.Folder, StringComparer.Ordinal))
        {
            var limit = s_moreFiles.GetValueOrDefault(room.Key, MaxFiles);
            if (room.Count() > limit)
            {
                yield return new Finding(room.Key, 0, $"{room.Count()} files, and {limit} is the limit: find the second question that it answers and give that a room.");
            }

            var lines = room.Sum(file => file.Lines.Count);
            if (lines > MaxLines)
            {
                yield return new Finding(room.Key, 0, $"{lines} lines, and {MaxLines} is the limit: find the second question that it answers and give that a room.");
            }
        }
    }
}
