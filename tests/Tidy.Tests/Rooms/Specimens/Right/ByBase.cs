using Tidy.Tests.Rooms.Specimens.Left;

namespace Tidy.Tests.Rooms.Specimens.Right;

internal sealed class ByBase : Value;
