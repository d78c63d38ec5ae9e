using CostLedger.Records;
using CostReport.Cli.Estimates.Findings;

namespace CostReport.Cli.Estimates.Answering;

/// <summary>Adds answers up while they pass; holds the dearest few, however many there are.</summary>
internal sealed class Tally
{
    private const int Most = 10;

    private readonly PriorityQueue<EstimateRow, (long Cost, long Place)> _dearest = new();
    private readonly Dictionary<(string Code, Severity Severity), (long Count, string Example)> _findings = [];

    /// <summary>Requests, those that could not be estimated included.</summary>
    public long Requests { get; private set; }

    /// <summary>Requests that could not be estimated.</summary>
    public long Failed { get; private set; }

    /// <summary>Requests without a price.</summary>
    public long Unpriced { get; private set; }

    /// <summary>Input tokens.</summary>
    public long InputTokens { get; private set; }

    /// <summary>The lower ends of the intervals.</summary>
    public long InputTokensLow { get; private set; }

    /// <summary>The upper ends.</summary>
    public long InputTokensHigh { get; private set; }

    /// <summary>The cost of those with a price.</summary>
    public NanoUsd Cost { get; private set; }

    /// <summary>The most that all can cost; null where nothing bounds one of them.</summary>
    public NanoUsd? MostCost { get; private set; } = NanoUsd.Zero;

    /// <summary>The dearest, in falling order.</summary>
    public IReadOnlyList<EstimateRow> Dearest => [.. _dearest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];

    /// <summary>The findings by code: how many requests have it, and what is said of the first.</summary>
    public IEnumerable<(string Code, Severity Severity, long Count, string Example)> Findings =>
        _findings.OrderBy(f => f.Key.Severity).ThenByDescending(f => f.Value.Count).ThenBy(f => f.Key.Code, StringComparer.Ordinal)
            .Select(f => (f.Key.Code, f.Key.Severity, f.Value.Count, f.Value.Example));

    /// <summary>Adds answers up as they are asked for.</summary>
    public IEnumerable<EstimateAnswer> Count(IEnumerable<EstimateAnswer> answers)
    {
        foreach (var answer in answers)
        {
            Add(answer);
            yield return answer;
        }
    }

    private void Add(EstimateAnswer answer)
    {
        Requests++;
        if (answer.Estimated is not { } estimated)
        {
            Failed++;
            Find("not_estimated", Severity.Error, answer.Error?.Message ?? "");
            return;
        }

        InputTokens += estimated.Estimate.InputTokens;
        InputTokensLow += estimated.Estimate.InputTokensLow;
        InputTokensHigh += estimated.Estimate.InputTokensHigh;
        Unpriced += estimated.Costs.Total is null ? 1 : 0;
        Cost += estimated.Costs.Total ?? NanoUsd.Zero;
        MostCost = MostCost is { } sum && estimated.Costs.Most is { } most ? sum + most : null;
        foreach (var finding in answer.Findings.DistinctBy(f => f.Code, StringComparer.Ordinal))
        {
            Find(finding.Code, finding.Severity, finding.Message);
        }

        var row = new EstimateRow(Requests, answer.Line, answer.Request?.CustomId, estimated.Terms.Model, estimated.Estimate.InputTokens, estimated.Costs.Total, answer.Findings.Count);
        // Of equal ones the first stay.
        _dearest.Enqueue(row, (estimated.Costs.Total?.Value ?? 0, -Requests));
        if (_dearest.Count > Most)
        {
            _dearest.Dequeue();
        }
    }

    private void Find(string code, Severity severity, string message)
    {
        var known = _findings.GetValueOrDefault((code, severity), (0, message));
        _findings[(code, severity)] = (known.Item1 + 1, known.Item2);
    }
}
