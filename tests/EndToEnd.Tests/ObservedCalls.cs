namespace EndToEnd.Tests;

/// <summary>Tests that make observed calls run one after the other: a listener hears the whole process.</summary>
internal static class ObservedCalls
{
    public const string Name = "observed calls";
}
