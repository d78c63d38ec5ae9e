using CostLedger.Records;

namespace Telemetry.Handler.Attempts;

/// <summary>What the end of an attempt means for its operation.</summary>
/// <param name="End">Whether the operation has ended.</param>
/// <param name="Before">The time from the operation's start to the attempt's.</param>
/// <param name="Cost">The cost of the operation so far, this attempt included; null when nothing of it is known.</param>
/// <param name="Wasted">What the earlier attempts of the logical call cost that failed or were refused; null when nothing of it is known.</param>
/// <param name="IsLate">Whether another attempt had succeeded before this one ended.</param>
internal readonly record struct OperationTotals(OperationEnd End, TimeSpan Before, NanoUsd? Cost, NanoUsd? Wasted, bool IsLate);
