using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal sealed class ByField
{
    public readonly List<Value[]> Items = [];
}
