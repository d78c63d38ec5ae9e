namespace EmptyProgram;

/// <summary>Does nothing: what starting any .NET program costs.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
