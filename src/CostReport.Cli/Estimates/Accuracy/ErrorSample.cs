namespace CostReport.Cli.Estimates.Accuracy;

/// <summary>How far off the estimates of some calls were. Errors are parts of what the provider counted.</summary>
internal sealed class ErrorSample
{
    private readonly List<double> _errors = [];
    private readonly List<double> _cold = [];
    private readonly List<double> _bias = [];
    private long _within;

    /// <summary>The number of calls.</summary>
    public int Calls => _errors.Count;

    /// <summary>The part of the calls that were within their interval.</summary>
    public double Within => Calls == 0 ? 0 : (double)_within / Calls;

    /// <summary>Adds a call.</summary>
    public void Add(in CostLedger.Querying.Prompts.EstimatedCall call)
    {
        var actual = (double)Math.Max(1, call.Actual);
        var error = (call.Estimate - call.Actual) / actual;
        _errors.Add(Math.Abs(error));
        _bias.Add(error);
        if (call.Cold is { } cold)
        {
            _cold.Add(Math.Abs(cold - call.Actual) / actual);
        }

        _within += call.Low <= call.Actual && call.Actual <= call.High ? 1 : 0;
    }

    /// <summary>The error that a part of the calls stayed below.</summary>
    public double? Error(double part) => At(_errors, part);

    /// <summary>The same of the shipped constants alone.</summary>
    public double? ColdError(double part) => At(_cold, part);

    /// <summary>The middle of the errors with their signs: above zero where estimates are too high.</summary>
    public double? Bias() => At(_bias, 0.5);

    // Nearest rank.
    private static double? At(List<double> errors, double part)
    {
        if (errors.Count == 0)
        {
            return null;
        }

        errors.Sort();
        return errors[Math.Max(0, (int)Math.Ceiling(part * errors.Count) - 1)];
    }
}
