using CostReport.Cli.Arguments;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>The ledger's health.</summary>
internal static class DoctorCommand
{
    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        var checks = DoctorReport.Checks(ledger.Check(), invocation.Period);
        ReportWriter.Write(invocation, surroundings, () => DoctorReport.Of(checks), () => DoctorReport.Data(checks));
        return DoctorReport.HasProblem(checks) ? ExitCode.No : ExitCode.Fine;
    }
}
