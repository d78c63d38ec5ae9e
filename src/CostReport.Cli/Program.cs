using CostReport.Cli.Commands;

namespace CostReport.Cli;

/// <summary>The program.</summary>
internal static class Program
{
    private static int Main(string[] args) => (int)Application.Run(args, ThisProcess.Surroundings());
}
