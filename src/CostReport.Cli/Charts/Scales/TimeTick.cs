namespace CostReport.Cli.Charts.Scales;

/// <summary>A moment that a time axis names.</summary>
/// <param name="At">The moment.</param>
/// <param name="Label">What it is called.</param>
internal sealed record TimeTick(DateTimeOffset At, string Label);
