using Tidy.Tests.Repository;
using Tidy.Tests.Rooms;

namespace Tidy.Tests.Documents;

/// <summary>The tour of the architecture names every room, though not the rooms within rooms, in the order in which they stand.</summary>
internal static class TourRule
{
    public static IEnumerable<Finding> Check(MarkdownFile tour, IEnumerable<RoomMap> maps)
    {
        foreach (var map in maps)
        {
            var named = (tour.Section("src/" + map.Project) ?? [])
                .Where(line => line.StartsWith("- `", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1]);
            var rooms = map.Order.Where(room => !room.Contains('.', StringComparison.Ordinal)).ToList();
            if (!named.SequenceEqual(rooms, StringComparer.Ordinal))
            {
                yield return tour.File.At(0, $"the rooms below '## src/{map.Project}' are not those of RoomMap: it has {string.Join(", ", rooms)}; begin a line with '- `Room`: ' for each.");
            }
        }
    }
}
