using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class ByLocal
{
    public static bool Ask(Func<object> make)
    {
        return make() is Value { HResult: > 0 } value && value.Data.Count > 0;
    }
}
