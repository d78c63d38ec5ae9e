using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal static class BehindSwitch
{
    public static object Choose(int number)
    {
        switch (number)
        {
            case 0: return "none";
            case 1: return 1.5;
            case 2: return 2L;
            case 3: return 'c';
            case 4: return Value.Field;
            default: return number;
        }
    }
}
