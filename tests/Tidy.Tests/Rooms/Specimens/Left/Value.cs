namespace Tidy.Tests.Rooms.Specimens.Left;

/// <summary>A type that others use in every way there is.</summary>
internal class Value : Exception
{
    public static readonly int Field = 1;

    public static Value Make<T>() => new();
}
