using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal interface IByParameter
{
    void Take(in Value? value);
}
