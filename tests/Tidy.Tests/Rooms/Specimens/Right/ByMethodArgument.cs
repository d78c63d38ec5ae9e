using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class ByMethodArgument
{
    public static object[] Make() => Array.Empty<Value>();
}
