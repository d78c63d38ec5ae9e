namespace CostReport.Cli;

/// <summary>The program.</summary>
internal static class Program
{
    private static int Main() => 0;
}
