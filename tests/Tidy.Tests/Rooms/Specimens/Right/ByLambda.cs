using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class ByLambda
{
    public static Func<object> Make() => () => Value.Make<int>();
}
