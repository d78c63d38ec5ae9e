using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class ByTypeOf
{
    public static Type Name => typeof(Value);
}
