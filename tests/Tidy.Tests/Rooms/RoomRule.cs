using Tidy.Tests.Repository;

namespace Tidy.Tests.Rooms;

/// <summary>Uses go from right to left, and no circle of rooms exists, whatever the map says.</summary>
internal static class RoomRule
{
    /// <summary>Every use of a room that the user may not know, and every room without a place.</summary>
    public static IEnumerable<Finding> CheckOrder(RoomMap map, IReadOnlyCollection<RoomUse> all)
    {
        var inside = Inside(map, all);
        var homeless = inside.Select(use => use.From).Concat(inside.Select(use => use.To))
            .Where(room => room != RoomMap.Root && map.Place(room) is null)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var room in homeless)
        {
            yield return new Finding($"{map.Project}/{room}", 0, $"a room without a place: enter it in RoomMap {Between(room, inside)}.");
        }

        var wrong = inside
            .Where(use => !homeless.Contains(use.From) && !homeless.Contains(use.To) && !map.Allows(use.From, use.To))
            .ToLookup(use => (use.From, use.To), use => $"{use.What.User} uses {use.What.Used}");
        foreach (var uses in wrong)
        {
            var whose = uses.Key.To == RoomMap.Root ? "the root, which arranges the rooms and is unknown to them" : $"{uses.Key.To}, a room to its right";
            yield return new Finding($"{map.Project}/{uses.Key.From}", 0, $"it uses {whose}: pass a value in, or move the type left ({string.Join("; ", uses)}).");
        }
    }

    /// <summary>Every circle of rooms, root included.</summary>
    public static IEnumerable<Finding> CheckCircles(RoomMap map, IReadOnlyCollection<RoomUse> uses)
    {
        var edges = Inside(map, uses).Select(use => (use.From, use.To)).Distinct().ToLookup(edge => edge.From, edge => edge.To);
        var reach = edges.ToDictionary(edge => edge.Key, edge => Reach(edge.Key, edges), StringComparer.Ordinal);
        foreach (var (room, reached) in reach.Where(entry => entry.Value.Contains(entry.Key)))
        {
            var ring = reached.Where(other => reach.TryGetValue(other, out var back) && back.Contains(room)).Order(StringComparer.Ordinal);
            yield return new Finding($"{map.Project}/{room}", 0, $"a circle of rooms ({string.Join(", ", ring)}): one of them must let go of another.");
        }
    }

    private static List<(string From, string To, RoomUse What)> Inside(RoomMap map, IEnumerable<RoomUse> uses) =>
    [
        .. from use in uses
           where string.Equals(use.UsedAssembly, map.Assembly, StringComparison.Ordinal)
           let user = map.RoomOf(use.UserSpace)
           let used = map.RoomOf(use.UsedSpace)
           where user is not null && used is not null && !string.Equals(user, used, StringComparison.Ordinal)
           select (user, used, use),
    ];

    private static string Between(string room, List<(string From, string To, RoomUse What)> uses)
    {
        var left = uses.Where(use => use.From == room).Select(use => use.To).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var right = uses.Where(use => use.To == room && use.From != RoomMap.Root).Select(use => use.From).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return $"to the right of what it uses ({string.Join(", ", left)}) and to the left of what uses it ({string.Join(", ", right)})";
    }

    private static HashSet<string> Reach(string start, ILookup<string, string> edges)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(edges[start]);
        while (open.TryPop(out var room))
        {
            if (reached.Add(room))
            {
                foreach (var next in edges[room])
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }
}
