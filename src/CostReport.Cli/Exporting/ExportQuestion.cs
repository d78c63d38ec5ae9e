using CostReport.Cli.Arguments;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Exporting;

/// <summary>What an export is made from.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Invocation">What was asked for.</param>
/// <param name="Surroundings">The world.</param>
internal sealed record ExportQuestion(ILedgerSource Ledger, Invocation Invocation, Surroundings Surroundings);
