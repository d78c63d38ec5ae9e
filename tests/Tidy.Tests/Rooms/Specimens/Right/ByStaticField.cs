using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class ByStaticField
{
    public static int Read() => Value.Field;
}
