using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class ByCatch
{
    public static bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Value)
        {
            return false;
        }
    }
}
